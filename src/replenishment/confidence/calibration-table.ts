/**
 * Made by `npm run calibrate`; do not edit. Isotonic maps are in hundredths at raw shares 0, .05, …, 1.
 * Fitted on 31151 decisions. Split by series: FNV-1a of the series' name, bit 8; 0 fits, 1 is held out.
 */
import type { CalibrationTables } from "./calibration-map.ts";

export const CALIBRATION: CalibrationTables = {
  period: { share: 0.61, ratio: 0.251, constant: { now: 0.214, short: 0.186, long: -0.237 } },
  ignorance: { unseen: 0.108, young: 1.506 },
  protection: {
    "smooth/now": [
      46, 46, 46, 46, 46, 46, 48, 50, 51, 53, 55, 58, 63, 70, 74, 78, 80, 85, 90, 94, 99,
    ],
    "erratic/now": [
      0, 19, 22, 22, 22, 28, 34, 41, 44, 49, 57, 61, 66, 72, 78, 81, 84, 85, 87, 91, 96,
    ],
    "intermittent/now": [
      27, 27, 27, 27, 27, 28, 31, 34, 37, 41, 44, 58, 65, 70, 72, 78, 86, 87, 90, 93, 99,
    ],
    "lumpy/now": [
      23, 23, 24, 29, 34, 39, 42, 45, 49, 52, 56, 63, 72, 80, 84, 86, 88, 89, 90, 93, 96,
    ],
    "smooth/short": [
      77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 77, 78, 78, 79, 79, 80, 80, 81, 84, 99,
    ],
    "erratic/short": [
      0, 0, 0, 11, 21, 32, 43, 49, 55, 58, 58, 59, 61, 63, 66, 69, 74, 85, 88, 91, 100,
    ],
    "intermittent/short": [
      17, 19, 26, 31, 34, 38, 41, 42, 42, 46, 58, 61, 64, 69, 75, 78, 87, 88, 90, 91, 99,
    ],
    "lumpy/short": [
      0, 15, 34, 34, 39, 46, 52, 59, 60, 62, 63, 64, 65, 67, 70, 72, 78, 83, 86, 90, 97,
    ],
    "smooth/long": [
      25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 47, 71, 76, 81, 87, 87, 91, 95, 98,
    ],
    "erratic/long": [
      50, 50, 50, 51, 51, 52, 53, 53, 55, 58, 60, 63, 65, 68, 72, 75, 79, 85, 89, 93, 98,
    ],
    "intermittent/long": [
      0, 1, 4, 7, 9, 12, 15, 19, 24, 29, 36, 51, 56, 61, 67, 73, 79, 84, 87, 91, 100,
    ],
    "lumpy/long": [
      0, 8, 15, 23, 31, 39, 46, 54, 62, 69, 72, 72, 73, 73, 73, 73, 75, 80, 85, 89, 94,
    ],
  },
};

/**
 * Made by `npm run calibrate`; do not edit. Isotonic maps are in hundredths at raw shares 0, .05, …, 1.
 * Fitted on 31151 decisions. Split by series: FNV-1a of the series' name, bit 8; 0 fits, 1 is held out.
 */
import type { CalibrationTables } from "./calibration-map.ts";

export const CALIBRATION: CalibrationTables = {
  period: { share: 0.61, ratio: 0.251, constant: { now: 0.215, short: 0.187, long: -0.236 } },
  ignorance: { unseen: 0.076, young: 1.43 },
  ratio: {
    frequent: { constant: -0.159, ratio: 0.169 },
    seldom: { constant: -0.031, ratio: -0.043 },
  },
  protection: {
    "smooth/now": [
      46, 46, 46, 46, 46, 46, 48, 50, 52, 53, 55, 58, 65, 70, 74, 78, 80, 85, 90, 94, 99,
    ],
    "erratic/now": [
      23, 23, 24, 25, 26, 27, 34, 40, 42, 48, 58, 61, 67, 73, 77, 78, 82, 85, 87, 91, 97,
    ],
    "intermittent/now": [
      28, 28, 28, 32, 35, 38, 39, 40, 42, 45, 50, 60, 64, 70, 72, 78, 85, 87, 90, 93, 99,
    ],
    "lumpy/now": [
      24, 24, 25, 29, 35, 39, 40, 40, 45, 50, 56, 60, 70, 79, 83, 84, 88, 89, 90, 93, 96,
    ],
    "smooth/short": [
      40, 46, 57, 68, 70, 71, 71, 71, 72, 72, 73, 73, 74, 74, 74, 75, 76, 78, 81, 85, 99,
    ],
    "erratic/short": [
      33, 35, 37, 38, 39, 40, 41, 46, 50, 54, 57, 60, 62, 65, 67, 70, 75, 86, 88, 91, 100,
    ],
    "intermittent/short": [
      21, 28, 32, 34, 36, 39, 41, 42, 44, 48, 58, 61, 64, 69, 74, 79, 86, 88, 90, 91, 99,
    ],
    "lumpy/short": [
      31, 34, 36, 37, 38, 41, 43, 44, 46, 53, 62, 66, 66, 66, 69, 72, 78, 83, 87, 90, 97,
    ],
    "smooth/long": [
      40, 40, 40, 40, 40, 42, 44, 46, 48, 50, 53, 57, 64, 71, 76, 81, 86, 87, 90, 95, 98,
    ],
    "erratic/long": [
      40, 40, 41, 42, 42, 42, 43, 46, 49, 52, 55, 60, 66, 70, 73, 76, 79, 85, 89, 93, 98,
    ],
    "intermittent/long": [
      36, 37, 37, 37, 38, 38, 40, 42, 44, 46, 48, 56, 63, 69, 73, 77, 81, 84, 88, 91, 100,
    ],
    "lumpy/long": [
      36, 38, 39, 40, 41, 42, 43, 44, 47, 50, 60, 68, 69, 70, 72, 73, 75, 77, 85, 89, 94,
    ],
  },
};

/** From plain numbers to paths in a drawing of a fixed size. Pure; no markup. */
import type { Band } from "../review/chart-data.ts";

export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Scale {
  readonly max: number;
  readonly ticks: readonly number[];
  y(value: number): number;
}

/** A scale from zero to a round number above `highest`, with two or three ticks. */
export function scaleFor(highest: number, frame: Frame): Scale {
  const step = roundStep(Math.max(highest, 1) / 3);
  const max = Math.max(step, Math.ceil(highest / step) * step);
  const ticks: number[] = [];
  for (let tick = 0; tick <= max + step / 2; tick += step) ticks.push(Number(tick.toPrecision(12)));
  return { max, ticks, y: (value) => round(frame.top + frame.height * (1 - Math.min(Math.max(value, 0), max) / max)) };
}

/** 1, 2 or 5 times a power of ten, at least `value`. */
function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= value - 1e-9) ?? 10;
  return factor * power;
}

/** x of the end of day `index` (-1 = now). */
export function dayX(index: number, days: number, frame: Frame): number {
  return round(frame.left + (frame.width * (index + 1)) / Math.max(1, days));
}

export function bandPath(start: number, days: readonly Band[], frame: Frame, scale: Scale): string {
  const upper = days.map((band, index) => `L${dayX(index, days.length, frame)} ${scale.y(band.p90)}`);
  const lower = days.map((band, index) => `L${dayX(index, days.length, frame)} ${scale.y(band.p10)}`).toReversed();
  return `M${frame.left} ${scale.y(start)}${upper.join("")}${lower.join("")}Z`;
}

export function linePath(start: number, days: readonly Band[], frame: Frame, scale: Scale): string {
  const middle = days.map((band, index) => `L${dayX(index, days.length, frame)} ${scale.y(band.p50)}`);
  return `M${frame.left} ${scale.y(start)}${middle.join("")}`;
}

/** A tenth of a pixel is finer than any screen. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

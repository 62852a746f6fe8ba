/**
 * What an item usually sells by a period, to judge one in which it sold out. Sales are then the least that was wanted,
 * and the demand that is expected behind them is the best that is known; where they are far less than usual, they
 * reveal nothing. Without this, days of high demand sell out, are left out, and the level falls from one to the next.
 */
import { normalCdf } from "../statistics/normal.ts";
import { standardLoss } from "../statistics/loss.ts";
import { DAYS_PER_WEEK } from "./day-numbers.ts";

/** Learning rates of the level, of each weekday's share of it, and of the variance over the level. */
const LEVEL_GAIN = 0.1;
const SHARE_GAIN = 0.2;
const VARIANCE_GAIN = 0.05;
/** A weekday's share of the level is at least this. */
const LEAST_SHARE = 0.05;
/** Sales of more deviations below the usual reveal next to nothing of what was wanted. */
const FAR_BELOW = 1;
/** Beyond this many deviations above it what is expected behind the sales is negligible. */
const FAR = 4;

export class UsualSales {
  readonly #share: Float64Array | null;
  #seen = 0;
  #level = 0;
  #dispersion = 0;

  constructor(periodDays: number) {
    this.#share = periodDays === 1 ? new Float64Array(DAYS_PER_WEEK).fill(1) : null;
  }

  /** Expected demand of a period that sold out after `sold` units; NaN where that reveals nothing. */
  soldOut(period: number, sold: number): number {
    const usual = this.#usual(period);
    if (!(sold > 0)) return Number.NaN;
    const deviation = Math.sqrt(this.#dispersion * usual);
    const z = deviation > 0 ? (sold - usual) / deviation : FAR * Math.sign(sold - usual);
    if (z < -FAR_BELOW) return Number.NaN;
    return z < FAR ? sold + (deviation * standardLoss(z)) / normalCdf(-z) : sold;
  }

  learn(period: number, demand: number): void {
    if (Number.isNaN(demand)) return;
    if (this.#seen++ === 0) this.#level = demand;
    const usual = this.#usual(period);
    if (usual > 0) {
      const gain = Math.max(VARIANCE_GAIN, 1 / this.#seen);
      this.#dispersion += gain * ((demand - usual) ** 2 / usual - this.#dispersion);
    }
    const day = period % DAYS_PER_WEEK;
    const level = this.#level;
    this.#level += LEVEL_GAIN * (demand / (this.#share?.[day] ?? 1) - level);
    if (this.#share === null || !(level > 0)) return;
    const share = this.#share[day]!;
    this.#share[day] = Math.max(LEAST_SHARE, share + SHARE_GAIN * (demand / level - share));
  }

  #usual(period: number): number {
    return this.#level * (this.#share?.[period % DAYS_PER_WEEK] ?? 1);
  }
}

/**
 * Published numbers that our formulas must give. A = stockpyl 1.x tests and docstrings, after Snyder & Shen,
 * Fundamentals of Supply Chain Theory, 2nd ed. (example and problem numbers in the names); others as named.
 */
import { describe, expect, it } from "vitest";
import { countQuantile } from "../../src/replenishment/models/count-quantile.ts";
import { roundOrder } from "../../src/replenishment/order/constraints.ts";
import { classOf } from "../../src/replenishment/models/demand-class.ts";
import { economicOrderQuantity, lotCost } from "../../src/replenishment/order/lot-size.ts";
import { standardLoss } from "../../src/replenishment/statistics/loss.ts";
import { criticalRatio, normalBaseStock } from "../../src/replenishment/statistics/newsvendor.ts";

/** Relative. */
function near(actual: number, published: number, tolerance = 1e-6): void {
  expect(Math.abs(actual - published) / Math.abs(published)).toBeLessThanOrEqual(tolerance);
}

/** Units missing and left over of a stock level, for normal demand. */
function normalLoss(level: number, mean: number, sd: number): { readonly short: number; readonly left: number } {
  const z = (level - mean) / sd;
  const short = sd * standardLoss(z);
  return { short, left: sd * z + short };
}

describe("economic lots", () => {
  it("A 3.1: EOQ of K=8 h=.225 d=1300 and its cost", () => {
    const quantity = economicOrderQuantity(8, 1300, 0.225);
    near(quantity, 304.0467800264);
    near(lotCost(quantity, 8, 1300, 0.225), 68.4105255059);
    near(lotCost(250, 8, 1300, 0.225), 69.725);
  });

  it("A problem 3.1: EOQ of K=2250 h=275 d=182500", () => {
    const quantity = economicOrderQuantity(2250, 182_500, 275);
    near(quantity, 1728.1098449936);
    near(lotCost(quantity, 2250, 182_500, 275), 475_230.2073732);
  });
});

describe("loss functions", () => {
  it.each([
    [0.3, 0.266761242117],
    [-1.4, 1.436668142708],
    [3.1, 2.672490952e-4],
  ])("A: standard normal loss of %s", (z, published) => near(standardLoss(z), published));

  it("A: normal loss of 11 against N(8, 3)", () => {
    const { short, left } = normalLoss(11, 8, 3);
    near(short, 0.249946411763);
    near(left, 3.249946411763);
  });
});

describe("newsvendor and base-stock levels", () => {
  it.each([
    ["A 4.1, 4.3", 0.18, 0.7, 50, 8, 1, 56.6039559274, 1.9976051932],
    ["A 4.4: lead time 4", 0.18, 0.7, 50, 8, 5, 264.7668943742, 4.4667810041],
    ["A problem 4.1", 43, 79, 900, 60, 1, 922.7214038235, 2718.1967817824],
  ])("%s", (_, holding, shortage, mean, sd, protection, level, least) => {
    const ratio = criticalRatio({ holding, shortage });
    near(normalBaseStock({ mean, sd }, ratio, protection), level);
    const { short, left } = normalLoss(level, mean * protection, sd * Math.sqrt(protection));
    near(holding * left + shortage * short, least);
  });

  it.each([
    [40, 50, 8, 0.18, 0.7, 7.3561315529],
    [60, 50, 8, 0.18, 0.7, 2.1561315529],
    [180, 250, 8 * Math.sqrt(5), 0.18, 0.7, 49.000164748],
    [1040, 900, 60, 43, 79, 6044.2984151887],
  ])("A: cost of keeping %s against N(%s, %s)", (level, mean, sd, holding, shortage, published) => {
    const { short, left } = normalLoss(level, mean, sd);
    near(holding * left + shortage * short, published);
  });

  it("finds Poisson quantiles where they are summed up", () => {
    expect(countQuantile(4 / 5, 6, Number.POSITIVE_INFINITY)).toBe(8);
    expect(countQuantile(270 / 470, 18, Number.POSITIVE_INFINITY)).toBe(19);
  });

  it("finds Poisson and negative-binomial quantiles where they are approximated", () => {
    expect(countQuantile(1.25 / 1.33, 90, Number.POSITIVE_INFINITY)).toBe(105);
    expect(countQuantile(0.7 / 0.88, 50, Number.POSITIVE_INFINITY)).toBe(56);
  });
});

describe("classes of demand", () => {
  it.each([
    [1.31, 0.48, "smooth"],
    [1.31, 0.49, "erratic"],
    [1.32, 0.48, "intermittent"],
    [1.32, 0.49, "lumpy"],
  ])("Syntetos, Boylan & Croston 2005: ADI %s, CV2 %s is %s", (interval, variation, name) => {
    expect(classOf(interval, variation)).toBe(name);
  });
});

describe("order rounding", () => {
  it("rounds up to the multiple, as Odoo 15-17 and 19: 20 by threes is 21 (Odoo 18 says 18)", () => {
    expect(roundOrder(20, { minOrderQuantity: 0, packSize: 3, maxStock: null }, 0).quantity).toBe(21);
  });

  it("lifts to the reorder quantity, then to whole units of purchase, as ERPNext", () => {
    expect(roundOrder(5, { minOrderQuantity: 20, packSize: 6, maxStock: null }, 0).quantity).toBe(24);
  });
});

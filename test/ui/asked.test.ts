/** The top of a question's page. */
import { expect, it } from "vitest";
import { questionOf } from "../../src/review/question.ts";
import { Asked } from "../../src/ui/review/asked.tsx";
import { aSnapshot, aWorkflow, T0 } from "../support/builders/a-workflow.ts";

it("shows a unit cost between two coins as it is, so that it and the quantity make the worth", () => {
  const snapshot = aSnapshot({ unitCost: 12.5 });
  const question = questionOf(aWorkflow({ snapshot, shownAs: { currency: "JPY", locale: "ja-JP" } }), "hold")!;
  const html = String(Asked({ question, chart: null, tried: 1_000, now: T0 }));
  expect(html.replaceAll(/<[^>]+>/gu, "")).toContain("1,000 are worth ￥12,500 at ￥12.5 a unit.");
});

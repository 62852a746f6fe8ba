import { describe, expect, it } from "vitest";
import { SecondLookPage, type LookedAt } from "../../src/ui/inbox/bulk-page.tsx";
import { renderPage } from "../../src/ui/page-layout.tsx";

const row = (productId: string, quantity: number, value: number | null, change: Partial<LookedAt> = {}): LookedAt => ({
  workflowId: productId,
  revision: 1,
  storeId: "osaka",
  productId,
  shownAs: { currency: "JPY", locale: "ja-JP" },
  action: "restock",
  quantity,
  confidence: 0.5,
  value,
  reason: "low_confidence",
  expiresAt: 0,
  onHand: 1,
  daysOfCover: null,
  soldOutOn: null,
  approvals: null,
  typed: null,
  problem: null,
  href: "/",
  ...change,
});

function look(rows: readonly LookedAt[]): string {
  const session = { name: "Ken", csrf: "token" };
  const html = renderPage(
    SecondLookPage({ rows, gone: 0, decision: "approve", back: "/inbox", reader: "ana", session }),
  );
  return html.replaceAll(/<[^>]+>/g, "");
}

describe("the second look at several questions", () => {
  it("names, at its button, the one that is worth more than all others together", () => {
    const text = look([row("RICE", 10, 3_000), row("BREAD", 40_008, 4_000_800), row("TEA", 12, 2_400)]);
    expect(text).toContain("Worth ￥4,006,200 together.");
    expect(text).toContain("Most of it is BREAD: 40,008 for ￥4,000,800.");
  });

  it("adds up what is shown, in the currency's coins", () => {
    const text = look([row("SALT", 1, 12.5), row("SUGAR", 1, 12.5)]);
    expect(text.split("￥13")).toHaveLength(3);
    expect(text).toContain("Worth ￥26 together.");
  });

  it("judges by the quantity that was typed instead", () => {
    const typed = row("BREAD", 40_008, 4_000_800, { typed: 40 });
    expect(look([row("RICE", 10, 3_000), typed, row("TEA", 12, 2_400)])).not.toContain("Most of it");
    const text = look([row("RICE", 10, 3_000), row("TEA", 12, 2_400), row("SALT", 1, 100, { typed: 400 })]);
    expect(text).toContain("Most of it is SALT: 400 for ￥40,000.");
  });

  it("names none of two, none of other money, and none where nothing is known", () => {
    const euros = { shownAs: { currency: "EUR", locale: "de-DE" } };
    expect(look([row("RICE", 10, 3_000), row("BREAD", 40_008, 4_000_800)])).not.toContain("Most of it");
    const mixed = look([row("RICE", 10, 3_000), row("TEA", 12, 2_400), row("OIL", 2, 90_000, euros)]);
    expect(mixed).not.toContain("Most of it");
    expect(mixed).toMatch(/Worth ￥5,400 and 90\.000,00\s€ together\./);
    expect(look([row("RICE", 10, null), row("TEA", 12, null)])).not.toContain("together");
  });
});

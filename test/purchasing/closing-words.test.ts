import { describe, expect, it } from "vitest";
import { closingText } from "../../src/purchasing/order/order-words.ts";
import { aPolicy, PurchasingWorld } from "./world.ts";

function words(change: Parameters<typeof aPolicy>[0]): string {
  const policy = aPolicy(change);
  const world = new PurchasingWorld(policy);
  world.decide("apples", 6);
  world.settle();
  return closingText(world.present()!, policy);
}

describe("an open order says what happens when it closes", () => {
  it("unsent, where people send", () => {
    expect(words({ send: "manual" })).toBe(
      "A person sends this order: unsent when it closes, its lines move to the next one.",
    );
  });

  it("by itself, where the service sends", () => {
    expect(words({ send: "auto" })).toBe("It is sent by itself when it closes.");
  });

  it("without the approval of a person, where the service may not spend so much", () => {
    expect(words({ send: "auto", valueAbove: 0 })).toBe(
      "A person has to approve it. Not approved when it closes, its lines move to the next order.",
    );
  });

  it("without the approvals that its value needs", () => {
    expect(words({ send: "auto", approvalsRequiredAbove: 0 })).toBe(
      "An order of this value needs the approval of 2 people. Not approved when it closes, its lines move to the " +
        "next order.",
    );
  });

  it("as what it is where its value is the limit, and not above it", () => {
    // Six apples at 2.
    for (const limit of [{ valueAbove: 12 }, { approvalsRequiredAbove: 12 }])
      expect(words({ send: "auto", ...limit }), JSON.stringify(limit)).toBe("It is sent by itself when it closes.");
  });

  it("below its minimum, when nothing would run out", () => {
    expect(words({ send: "auto", minimumValue: 1e6 })).toContain("it waits for the next delivery");
  });
});

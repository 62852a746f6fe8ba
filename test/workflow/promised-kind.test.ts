/** What a supplier promises is a day or a moment, and stays what it is: also a moment that begins a day in UTC. */
import { expect, it } from "vitest";
import { countOrders } from "../../src/workflow/orders/on-order.ts";
import type { OrderRow } from "../../src/workflow/orders/order-row.ts";
import { promisedAnew } from "../../src/workflow/orders/promise.ts";
import { applyCommand } from "../../src/workflow/orders/purchase-command.ts";
import { DAY_MS } from "../../src/shared/durations.ts";

const DAY = 25_600;
const NOW = (DAY - 5) * DAY_MS;
const BY = { principal: "key:ana", label: "ana", channel: "api" };
const ABOUT = { supplierId: "s", orderBy: NOW, arrivesOn: DAY };

const SENT: OrderRow = {
  schema: 1,
  ordered: 10,
  order: {
    workflowId: "w1",
    quantity: 10,
    placedAt: NOW,
    expectedAt: DAY * DAY_MS,
    purchase: {
      ...ABOUT,
      poId: "po",
      stage: "sent",
      firmQuantity: 10,
      version: 1,
      told: 1,
      seenRevision: 1,
      setBy: null,
      receivedElsewhere: 0,
    },
  },
  closedAt: null,
  closedBy: null,
};

/** When the plan expects the row's units. */
function counted({ order }: OrderRow): number | null {
  const snapshot = { onOrder: null, openOrders: null, leadTimeDays: 2, occurredAt: NOW, receivedAt: NOW } as const;
  return countOrders([order], snapshot, 0, NOW, 0).counted[0]!.expectedAt;
}

function said(expectedAt: number, kind: "day" | "moment"): OrderRow {
  const promise = { expectedAt, quantity: null, reference: null, reason: null, by: BY };
  const isMoment = kind === "moment" ? { isMoment: true } : {};
  return promisedAnew(SENT, { ...promise, expectedOn: Math.floor(expectedAt / DAY_MS), ...isMoment }, 2, NOW);
}

it("a purchase order's day counts from its noon", () => {
  expect(counted(SENT)).toBe((DAY + 0.5) * DAY_MS);
});

it.each([
  ["day", (DAY + 2.5) * DAY_MS, (DAY + 2.5) * DAY_MS],
  ["moment", (DAY + 2) * DAY_MS, (DAY + 2) * DAY_MS],
  ["moment", (DAY + 2.25) * DAY_MS, (DAY + 2.25) * DAY_MS],
] as const)("a %s counts as it was said", (kind, expectedAt, counts) => {
  expect(counted(said(expectedAt, kind))).toBe(counts);
});

it("a day that is confirmed after a moment is a day again", () => {
  const row = said((DAY + 2) * DAY_MS, "moment");
  const command = { kind: "confirmed", revision: 2, quantity: null, receivedHere: 0, expectedOn: DAY + 2 } as const;
  expect(counted(applyCommand([row], "po", command, ABOUT, NOW)[0]!)).toBe((DAY + 2.5) * DAY_MS);
});

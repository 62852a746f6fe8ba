import { expect, it } from "vitest";
import { AT_ITEM } from "../../src/workflow/orders/purchased-orders.ts";
import { cancel } from "../../src/purchasing/order/receiving.ts";
import { audited } from "../../src/purchasing/order/record.ts";
import { ANA, BEN, sentOrder } from "./world.ts";

it("a cancellation is repeated by who cancelled, whatever was booked at an item since, and refused to others", () => {
  const { world, order: sent } = sentOrder();
  const order = cancel(sent, { revision: sent.revision, reason: null, by: ANA }, world.now).order;
  const booked = audited(order, "taken_back", AT_ITEM, world.now);
  const again = (by: typeof ANA) => cancel(booked, { revision: sent.revision, reason: null, by }, world.now).refusal;
  expect([again(ANA), again(BEN)]).toEqual([null, { reason: "already_cancelled" }]);
});

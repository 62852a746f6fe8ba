/**
 * `/suppliers`: when they take orders and deliver, how orders reach them, and the calendar that follows for a store.
 */
import * as z from "zod";
import { iso } from "../../../api/to-wire.ts";
import { ListQuery } from "../../../api/world/lists.ts";
import { supplierToWire, toSupplier } from "../../../api/world/supplier-facts.ts";
import {
  CalendarAnswer,
  CalendarQuery,
  MOST_CALENDAR_DAYS,
  SupplierAnswer,
  SupplierBody,
  SuppliersAnswer,
} from "../../../api/world/supplier-shape.ts";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import { tellStores } from "../../../store/tell-stores.ts";
import { opportunitiesBetween } from "../../../world/opportunities.ts";
import { DEFAULT_LEAD_TIME_DAYS } from "../../../world/supply-terms.ts";
import type { Principal } from "../../auth/principal.ts";
import { requireReach } from "../../auth/store-bounds.ts";
import { readJson } from "../../kit/request/body.ts";
import { world, type AppContext } from "../../kit/context.ts";
import { hasOpenOrder, ordersFollow } from "./open-purchase-orders.ts";
import { supplierWarnings } from "../../kit/warnings/supplier-warnings.ts";
import { withWarnings } from "../../kit/warnings/with-warnings.ts";
import { listPage } from "../../kit/list-page.ts";
import { guarded, json, NO_CONTENT, type Route } from "../../kit/route.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { isoDay } from "../../../shared/calendar-dates.ts";

const USUAL_CALENDAR_DAYS = 28;

const OF_SUPPLIER = { params: z.object({ supplier_id: name }) } as const;
interface OfSupplier {
  readonly params: { readonly supplier_id: string };
  readonly principal: Principal;
}
interface OfList {
  readonly query: z.output<typeof ListQuery>;
}

async function putSupplier(c: AppContext, { params, principal }: OfSupplier): Promise<Response> {
  requireReach(principal, null);
  const body = await readJson(c, SupplierBody);
  const supplier = toSupplier(params.supplier_id, body);
  const follow = await ordersFollow(c, { supplierId: supplier.supplierId });
  const created = await world(c).put("supplier", supplier.supplierId, supplier);
  await tellStores(c.env, null);
  await follow();
  const warnings = await supplierWarnings(c, supplier, body.working_days != null);
  return c.json(withWarnings(supplierToWire(supplier), warnings), created ? 201 : 200);
}

async function getSupplier(c: AppContext, { params }: OfSupplier): Promise<Response> {
  const supplier = await world(c).get("supplier", params.supplier_id);
  if (supplier === null) throw noSuchSupplier();
  return c.json(supplierToWire(supplier));
}

async function getSuppliers(c: AppContext, { query }: OfList): Promise<Response> {
  const page = await listPage(
    "suppliers",
    query,
    (limit, after) => world(c).list("supplier", limit, after),
    ({ supplierId }) => supplierId,
  );
  return c.json({ suppliers: page.entries.map(supplierToWire), next_cursor: page.nextCursor });
}

async function deleteSupplier(c: AppContext, { params, principal }: OfSupplier): Promise<Response> {
  requireReach(principal, null);
  const supplierId = params.supplier_id;
  if ((await world(c).get("supplier", supplierId)) === null) throw noSuchSupplier();
  if (await world(c).isWaitedFor("supplier", supplierId))
    throw new Problem("in_use", "A question about an item of this supplier waits for an answer; answer it first.");
  if (await hasOpenOrder(c, { supplierId }))
    throw new Problem("in_use", "A purchase order with this supplier is open; receive or cancel it first.");
  await world(c).delete("supplier", supplierId);
  await tellStores(c.env, null);
  return c.body(null, 204);
}

async function getCalendar(
  c: AppContext,
  { params, query }: OfSupplier & { readonly query: z.output<typeof CalendarQuery> },
): Promise<Response> {
  const from = query.from ?? Date.now();
  const to = query.to ?? from + USUAL_CALENDAR_DAYS * DAY_MS;
  if (to < from || to - from > MOST_CALENDAR_DAYS * DAY_MS) {
    throw new Problem("validation_failed", "The period is not valid.", {
      errors: [{ pointer: "to", message: `must be from 0 to ${MOST_CALENDAR_DAYS} days after from` }],
    });
  }
  const [supplier, store] = await Promise.all([
    world(c).get("supplier", params.supplier_id),
    world(c).get("store", query.store_id),
  ]);
  if (supplier === null) throw noSuchSupplier();
  const found = opportunitiesBetween(
    { supplier, store, leadTimeDays: supplier.leadTimeDays ?? DEFAULT_LEAD_TIME_DAYS },
    from,
    to,
  );
  return c.json({
    opportunities: found.map(({ orderBy, arrivesOn }) => ({ order_by: iso(orderBy), arrives_on: isoDay(arrivesOn) })),
  });
}

function noSuchSupplier(): Problem {
  return new Problem("not_found", "There is no such supplier.");
}

export const SUPPLIER_ROUTES: readonly Route[] = [
  guarded({
    ...OF_SUPPLIER,
    method: "PUT",
    path: "/suppliers/:supplier_id",
    scope: "write",
    docs: {
      summary: "Describe a supplier: order days, cut-off, lead time, delivery days",
      group: "world",
      body: json(SupplierBody),
      answers: {
        200: { says: "Replaced", content: json(SupplierAnswer) },
        201: { says: "Stored", content: json(SupplierAnswer) },
      },
    },
    handle: putSupplier,
  }),
  guarded({
    ...OF_SUPPLIER,
    method: "GET",
    path: "/suppliers/:supplier_id",
    scope: "read",
    docs: {
      summary: "A supplier",
      group: "world",
      answers: { 200: { says: "The supplier", content: json(SupplierAnswer) } },
      problems: ["not_found", "validation_failed"],
    },
    handle: getSupplier,
  }),
  guarded({
    method: "GET",
    path: "/suppliers",
    scope: "read",
    query: ListQuery,
    docs: {
      summary: "All suppliers, by id",
      group: "world",
      answers: { 200: { says: "A page of suppliers", content: json(SuppliersAnswer) } },
    },
    handle: getSuppliers,
  }),
  guarded({
    ...OF_SUPPLIER,
    method: "DELETE",
    path: "/suppliers/:supplier_id",
    scope: "write",
    docs: {
      summary: "Forget a supplier",
      group: "world",
      answers: { 204: NO_CONTENT },
      problems: ["not_found", "in_use", "validation_failed"],
    },
    handle: deleteSupplier,
  }),
  guarded({
    ...OF_SUPPLIER,
    method: "GET",
    path: "/suppliers/:supplier_id/calendar",
    scope: "read",
    query: CalendarQuery,
    docs: {
      summary: "When orders must be in, and when they then arrive at a store",
      group: "world",
      answers: { 200: { says: "Cut-offs from the first to the last moment", content: json(CalendarAnswer) } },
      problems: ["not_found"],
    },
    handle: getCalendar,
  }),
];

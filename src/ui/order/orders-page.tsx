/** The order sheet: open purchase orders by supplier with their due times, then what is with suppliers. */
import { worthWords, type OrderDocument } from "../../purchasing/order/order-document.ts";
import { statusText } from "../../purchasing/order/order-words.ts";
import type { PurchaseOrder } from "../../purchasing/order/types.ts";
import { durationText } from "../../review/wording.ts";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import { HOUR_MS } from "../../shared/durations.ts";
import { NumberHead } from "../number-head.tsx";
import { PlacedByHand, ToPlace, type PlacedRow, type RowToPlace } from "./to-place.tsx";

export interface SheetRow {
  readonly order: PurchaseOrder;
  readonly document: OrderDocument;
  /** Whom it waits for; null = it does not wait. */
  readonly waitsFor: string | null;
}

export interface OrdersPageProps {
  /** Orders that still take lines, earliest cut-off first. */
  readonly open: readonly SheetRow[];
  readonly own: { readonly rows: readonly RowToPlace[]; readonly placed: readonly PlacedRow[] };
  /** Where older ones of them are; null = these are all. */
  readonly older: string | null;
  readonly mayOrder: boolean;
  readonly placed: readonly SheetRow[];
  readonly ended: readonly SheetRow[];
  readonly now: number;
  readonly session: NonNullable<LayoutProps["session"]>;
}

/** Under this much time left an order is marked. */
const LATE_MS = 2 * HOUR_MS;

export function OrdersPage({ open, own, older, mayOrder, placed, ended, now, session }: OrdersPageProps) {
  const doors = { csrf: mayOrder ? session.csrf : null, back: "/orders" };
  return (
    <Layout title="Orders" session={session}>
      <h1>Orders</h1>
      {open.length === 0 ? (
        <section class="card empty">
          <h2>No order is open</h2>
          <p class="soft">
            What is to be ordered from a supplier with order days gathers here until the order closes. What is decided
            for an item without one is listed for you to place.
          </p>
        </section>
      ) : (
        <ul class="list">
          {open.map((row) => (
            <OpenOrder {...row} now={now} />
          ))}
        </ul>
      )}
      <ToPlace rows={own.rows} most={own.rows.length} older={older} {...doors} />
      <Placed title="With suppliers" rows={placed} />
      <PlacedByHand rows={own.placed} {...doors} />
      <Placed title="Ended" rows={ended} />
    </Layout>
  );
}

function OpenOrder({ order, document, waitsFor, now }: SheetRow & { readonly now: number }) {
  const { formats, minimum, lines } = document;
  const left = order.orderBy - now;
  return (
    <li class={left < LATE_MS ? "item sheet late" : "item sheet"}>
      <div class="row between">
        <h2>
          <a href={`/orders/${order.id}`}>{document.supplier}</a>
        </h2>
        <Status order={order} waitsFor={waitsFor} />
      </div>
      <p>
        <strong>{worthWords(document)}</strong>
        {`, ${lines.length} ${lines.length === 1 ? "line" : "lines"} for `}
        <bdi>{document.buyer}</bdi>
        {minimum === null ? null : minimum.met ? (
          <span class="soft">, above the minimum of {formats.money(minimum.value)}</span>
        ) : (
          <span>
            , <strong>{formats.money(minimum.shortBy)}</strong> short of the minimum
          </span>
        )}
      </p>
      <p class="soft">
        Closes <time datetime={new Date(order.orderBy).toISOString()}>{formats.time(order.orderBy)}</time>
        {left > 0 ? ` (in ${durationText(left)})` : ""}, arrives {formats.date(order.arrivesOn)}
      </p>
    </li>
  );
}

export function Status({ order, waitsFor }: Pick<SheetRow, "order" | "waitsFor">) {
  const tones: Partial<Record<PurchaseOrder["status"], string>> = {
    awaiting_approval: waitsFor === "you" ? "badge amber" : "badge",
    approved: "badge green",
    received: "badge green",
    cancelled: order.ended === "missed" ? "badge red" : "badge amber",
  };
  return (
    <span class={tones[order.status] ?? "badge"}>
      {waitsFor === null ? statusText(order) : `waits for ${waitsFor}`}
    </span>
  );
}

function Placed({ title, rows }: { readonly title: string; readonly rows: readonly SheetRow[] }) {
  if (rows.length === 0) return null;
  return (
    <section class="card">
      <h2>{title}</h2>
      <div class="scroll">
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Supplier</th>
              <th scope="col">Status</th>
              <th scope="col">Arrives</th>
              <NumberHead>Value</NumberHead>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ order, document }) => (
              <tr>
                <td>
                  <a href={`/orders/${order.id}`}>{order.number ?? document.formats.fullTime(order.orderBy)}</a>
                </td>
                <td data-label="Supplier">
                  {document.supplier}
                  <span class="id">{document.buyer}</span>
                </td>
                <td data-label="Status">{statusText(order)}</td>
                <td data-label="Arrives">{document.formats.fullDate(document.expectedOn)}</td>
                <td class="n" data-label="Value">
                  {worthWords(document)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** One store: how it is described, its suppliers, events ahead, and where to go on. */
import { clockText } from "../../shared/calendar-dates.ts";
import { formatsOf, type Formats } from "../../shared/formats.ts";
import { WEEKDAYS, type EventFacts, type StoreFacts, type SupplierFacts } from "../../world/types.ts";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import { Fact, Warnings } from "../page-parts.tsx";
import { capital } from "../../review/wording.ts";

export interface StorePageProps {
  readonly storeId: string;
  /** Null = nobody described it. */
  readonly store: StoreFacts | null;
  readonly suppliers: readonly SupplierFacts[];
  /** Only events that are not over. */
  readonly events: readonly EventFacts[];
  /** `learned from 40 items`, `set`; null = none. */
  readonly season: string | null;
  /** What of its description, or of a supplier's, has no effect as it is. */
  readonly warnings: readonly string[];
  readonly now: number;
  readonly session: NonNullable<LayoutProps["session"]>;
}

export function StorePage({ storeId, store, suppliers, events, season, warnings, now, session }: StorePageProps) {
  const name = store?.name ?? storeId;
  const formats = formatsOf({ locale: store?.locale, timeZone: store?.timeZone });
  const query = `store=${encodeURIComponent(storeId)}`;
  return (
    <Layout title={name} session={session}>
      <section class="card" aria-labelledby="store">
        <p class="where">{store?.name == null ? "Store" : storeId}</p>
        <h1 id="store">
          <bdi>{name}</bdi>
        </h1>
        <p class="row">
          <a href={`/items?${query}`}>Items</a>
          <a href={`/inbox?${query}`}>Open questions</a>
          <a href={`/inbox?show=history&${query}`}>History</a>
        </p>
        {store === null ? (
          <p class="soft">Nobody described this store yet: its days are those of UTC, and it counts as always open.</p>
        ) : (
          <Described store={store} season={season} formats={formats} now={now} />
        )}
        <Warnings warnings={warnings} />
      </section>
      <Suppliers suppliers={suppliers} storeZone={store?.timeZone} />
      <EventsAhead events={events} formats={formats} now={now} />
    </Layout>
  );
}

/** As somebody described it. */
function Described({
  store,
  season,
  formats,
  now,
}: {
  readonly store: StoreFacts;
  readonly season: string | null;
  readonly formats: Formats;
  readonly now: number;
}) {
  return (
    <dl class="facts">
      <Fact name="Time zone" value={store.timeZone} />
      <Fact name="Currency" value={store.currency ?? "not said"} />
      <Fact name="Numbers" value={formats.quantity(1_234.5)} more={store.locale} />
      <Fact
        name="Open"
        value={store.openDays.length === WEEKDAYS.length ? "every day" : store.openDays.map(capital).join(", ")}
      />
      <Fact name="Decided anew at" value={store.reviewAt === null ? "not by itself" : clockText(store.reviewAt)} />
      <Fact
        name="People answer"
        value={
          store.reviewHours === null
            ? "at any time"
            : `${clockText(store.reviewHours.from)} to ${clockText(store.reviewHours.to)}`
        }
      />
      {store.closed.length === 0 ? null : (
        <Fact name="Closed" value={store.closed.map(({ from, to }) => daysText(from, to, formats, now)).join(", ")} />
      )}
      <Fact name="Season" value={season ?? "not learned yet"} />
    </dl>
  );
}

function Suppliers({
  suppliers,
  storeZone,
}: {
  readonly suppliers: readonly SupplierFacts[];
  readonly storeZone: string | undefined;
}) {
  return (
    <section class="card" aria-labelledby="suppliers">
      <h2 id="suppliers">Suppliers</h2>
      {suppliers.length === 0 ? (
        <p class="soft">None is described for this store's items.</p>
      ) : (
        <ul class="lines">
          {suppliers.map((supplier) => (
            <li>
              <span>
                <bdi>{supplier.name ?? supplier.supplierId}</bdi>
                {supplier.name === null ? null : <span class="id">{supplier.supplierId}</span>}
              </span>
              <span>{supplierText(supplier, storeZone)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** `Fri 27 Nov to Mon 30 Nov`; one of last year, or of next, has its year. */
function daysText(from: number, to: number, { date }: Formats, now: number): string {
  return from === to ? date(from, now) : `${date(from, now)} to ${date(to, now)}`;
}

function EventsAhead({ events, formats, now }: Pick<StorePageProps, "events" | "now"> & { readonly formats: Formats }) {
  return (
    <section class="card" aria-labelledby="events">
      <h2 id="events">Events ahead</h2>
      {events.length === 0 ? (
        <p class="soft">None.</p>
      ) : (
        <ul class="lines">
          {events.map((event) => (
            <li>
              <bdi>{event.name ?? event.eventId}</bdi>
              <span>
                {daysText(event.from, event.to, formats, now)}, {formats.quantity(round(event.factor))} times the usual
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function supplierText(
  { orderDays, cutOff, timeZone, leadTimeDays, leadTimeIn, send }: SupplierFacts,
  storeZone = "UTC",
): string {
  const days = orderDays === null ? "Any day" : orderDays.map(capital).join(", ");
  const unit = `${leadTimeIn === "working" ? "working " : ""}${leadTimeDays === 1 ? "day" : "days"}`;
  const lead = leadTimeDays === null ? "" : `, arrives after ${leadTimeDays} ${unit}`;
  const how = { none: "ordered by yourself", manual: "sent by a person", auto: "sent by itself" }[send];
  const zone = timeZone === null || timeZone === storeZone ? "" : ` (${timeZone})`;
  return `${days} until ${clockText(cutOff)}${zone}${lead}, ${how}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

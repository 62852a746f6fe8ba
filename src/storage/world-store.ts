/**
 * Stores, suppliers, events and seasons. Documents by kind and id: their content was parsed when it came in, and is
 * written and read by this service alone.
 */
import type { FormerPerson, Person } from "../workflow/person.ts";
import { withFactors, type StatedEvent } from "../world/event-factors.ts";
import { measureOf, type EventSums } from "../world/event-measure.ts";
import {
  WORLD_SCHEMA,
  type AskedPerson,
  type MeasuredEvent,
  type Season,
  type StoreFacts,
  type StoreWorld,
  type SupplierFacts,
} from "../world/types.ts";
import type { ShopConnection } from "../world/outside/shop-connection.ts";
import type { WebhookEndpoint } from "../world/outside/webhook-endpoint.ts";
import { parseStored } from "./stored-json.ts";
import { reachesStore } from "../shared/reach.ts";

export interface WorldKinds {
  readonly store: StoreFacts;
  readonly supplier: SupplierFacts;
  readonly event: StatedEvent;
  /** Sums of an event's days at one store's items; see `measureId`. */
  readonly measure: EventSums;
  /** Set by a user, by the store's id. */
  readonly season: Season;
  /** Learned from the store's sales; a set one goes before it. */
  readonly learned: Season;
  readonly person: Person;
  readonly former_person: FormerPerson;
  readonly webhook: WebhookEndpoint;
  /** By `connectionId`. */
  readonly connection: ShopConnection;
  /** A store whose object keeps a snapshot: it must receive changes that concern every store. */
  readonly seen: { readonly storeId: string };
}
export type WorldKind = keyof WorldKinds;

/** Among people who see the store: its reviewers, people who are or will be away, and their delegates. */
function peopleOf(storeId: string, store: StoreFacts | null, people: readonly Person[]): readonly AskedPerson[] {
  const seeing = people.filter(({ stores }) => reachesStore(stores, storeId));
  const named = new Set(store?.reviewers?.map((name) => (name.includes("@") ? name.toLowerCase() : name)));
  const delegates = new Set(seeing.flatMap(({ away }) => (away === null ? [] : [away.delegate])));
  return seeing
    .filter(
      ({ personId, email, away }) =>
        away !== null || [personId, email].some((name) => named.has(name)) || delegates.has(personId),
    )
    .map(({ personId, name, email, away }) => ({ personId, name, email, away }));
}

export interface WorldStore {
  get<K extends WorldKind>(kind: K, id: string): Promise<WorldKinds[K] | null>;
  /** True when there was none before. */
  put<K extends Exclude<WorldKind, "person">>(kind: K, id: string, facts: WorldKinds[K]): Promise<boolean>;
  /** Stores nothing where the address or the Slack user is another person's. */
  putPerson(person: Person): Promise<PutPerson>;
  /** False when there was none. */
  delete(kind: WorldKind, id: string): Promise<boolean>;
  /** In the order of their ids, from above `after`. */
  list<K extends WorldKind>(kind: K, limit: number, after: string | null): Promise<readonly WorldKinds[K][]>;
  /** What was measured of an event, over all stores; null = nothing. */
  measured(eventId: string): Promise<MeasuredEvent | null>;
  /** The event has changed: its old measurements no longer apply. */
  dropMeasures(eventId: string): Promise<void>;
  /** All that concerns a store; the version is the caller's. */
  ofStore(storeId: string): Promise<Omit<StoreWorld, "version">>;
  /** Every store that has items, is described or was asked about. */
  storeIds(): Promise<readonly string[]>;
  /** Whether the store has any item. */
  hasItems(storeId: string): Promise<boolean>;
  /** Products of the store's items in order, from above `after`; `supplierId` null = any supplier. */
  productIds(
    storeId: string,
    supplierId: string | null,
    limit: number,
    after: string | null,
  ): Promise<readonly string[]>;
  /** Each store with each supplier that its items are bought from; null = any. */
  trades(storeId: string | null, supplierId: string | null): Promise<readonly Trade[]>;
  /** Whether a question waits for an answer in the store, or about an item of the supplier. */
  isWaitedFor(kind: "store" | "supplier", id: string): Promise<boolean>;
}

export interface Trade {
  readonly storeId: string;
  readonly supplierId: string;
}

export type PutPerson = "created" | "replaced" | "email_taken" | "slack_user_taken";

/**
 * The outcome of writing a person: the database refuses what is another person's, and names the index that says so.
 *
 * @param writing resolves to true when there was none before
 */
export async function outcomeOfPutting(writing: Promise<boolean>): Promise<PutPerson> {
  try {
    return (await writing) ? "created" : "replaced";
  } catch (error) {
    const [, what] = /world_person_(email|slack)/.exec(error instanceof Error ? error.message : "") ?? [];
    if (what === undefined) throw error;
    return what === "email" ? "email_taken" : "slack_user_taken";
  }
}

export interface WorldRow {
  readonly kind: WorldKind;
  readonly id: string;
  readonly facts: string;
}

interface StoredFacts<K extends WorldKind> {
  readonly schema: typeof WORLD_SCHEMA;
  readonly facts: WorldKinds[K];
}

/** For the column `facts`. */
export function worldText<K extends WorldKind>(facts: WorldKinds[K]): string {
  return JSON.stringify({ schema: WORLD_SCHEMA, facts } satisfies StoredFacts<K>);
}

export function toWorldFacts<K extends WorldKind>(json: string): WorldKinds[K] {
  return parseStored<StoredFacts<K>>(json, WORLD_SCHEMA).facts;
}

/** Names hold no line breaks. */
export function measureId(eventId: string, storeId: string): string {
  return `${eventId}\n${storeId}`;
}

/** All measures of an event are between these two ids. */
export function measureRange(eventId: string): readonly [above: string, below: string] {
  return [`${eventId}\n`, `${eventId}\u000b`];
}

function measuresIn(rows: readonly (readonly [id: string, sums: EventSums])[]): ReadonlyMap<string, MeasuredEvent> {
  const byEvent = Map.groupBy(rows, ([id]) => id.slice(0, id.indexOf("\n")));
  return new Map(
    [...byEvent].flatMap(([eventId, of]) => {
      const measured = measureOf(of.map(([, sums]) => sums));
      return measured === null ? [] : [[eventId, measured]];
    }),
  );
}

/** Rows of a store's world, in any order. */
export function toStoreWorld(storeId: string, rows: readonly WorldRow[]): Omit<StoreWorld, "version"> {
  const of = <K extends WorldKind>(kind: K) =>
    rows.filter((row) => row.kind === kind).map((row) => [row.id, toWorldFacts<K>(row.facts)] as const);
  // Factors follow from all events, since one of this store may be like one of another.
  const events = withFactors(
    of("event").map(([, event]) => event),
    measuresIn(of("measure")),
  );
  const webhooks = of("webhook")
    .map(([, endpoint]) => endpoint)
    .filter(({ stores }) => reachesStore(stores, storeId))
    .map(({ webhookId, events: asked }) => ({ webhookId, events: asked }));
  const store = of("store")[0]?.[1] ?? null;
  const people = peopleOf(
    storeId,
    store,
    of("person").map(([, person]) => person),
  );
  return {
    schema: WORLD_SCHEMA,
    store,
    suppliers: of("supplier").map(([, supplier]) => supplier),
    events: events.filter(({ stores }) => reachesStore(stores, storeId)),
    season: of("season")[0]?.[1] ?? of("learned")[0]?.[1] ?? null,
    ...(webhooks.length === 0 ? {} : { webhooks }),
    ...(people.length === 0 ? {} : { people }),
  };
}

/** What people, tills, suppliers and the platform do, in any order. */
import * as fc from "fast-check";

export const PRODUCTS = ["cream", "eggs", "milk"] as const;
export type Product = (typeof PRODUCTS)[number];
export type Who = "ana" | "ben";

/** How a request is sent: once, again under its key, again under another key, or twice at the same moment. */
export type Sent = "once" | "again" | "anew" | "together";

export type Step =
  | { readonly do: "count"; readonly product: Product; readonly stock: number; readonly sent: Sent }
  | { readonly do: "answer"; readonly what: "approve" | "modify" | "reject"; readonly quantity: number }
  | {
      readonly do: "edit";
      readonly product: Product;
      readonly quantity: number;
      readonly who: Who;
      readonly isOld: boolean;
      readonly sent: Sent;
    }
  | { readonly do: "approve" | "send" | "cancel"; readonly who: Who; readonly isOld: boolean; readonly sent: Sent }
  | {
      readonly do: "confirm";
      readonly at: number;
      readonly lines: readonly (number | null)[];
      readonly day: number | null;
      readonly sent: Sent;
    }
  | {
      readonly do: "receive";
      readonly at: number;
      readonly reference: string;
      readonly lines: readonly (number | null)[];
      readonly daysAgo: number;
      readonly sent: Sent;
    }
  | {
      readonly do: "receive_at_item";
      readonly product: Product;
      readonly reference: string | null;
      readonly quantity: number;
      readonly sent: Sent;
    }
  | { readonly do: "take_back"; readonly at: number }
  | { readonly do: "promise"; readonly product: Product; readonly at: number; readonly share: number }
  | { readonly do: "call_off"; readonly product: Product; readonly at: number }
  | { readonly do: "calendar"; readonly cutOff: string }
  | { readonly do: "buy_elsewhere"; readonly product: Product; readonly isBack: boolean }
  | { readonly do: "wait"; readonly hours: number; readonly isQuiet: boolean }
  | { readonly do: "at_once"; readonly first: Step; readonly second: Step }
  | { readonly do: "close" };

const product = fc.constantFrom(...PRODUCTS);
const who = fc.constantFrom("ana" as const, "ben" as const);
const at = fc.nat(3);
const sent = fc.constantFrom<Sent>("once", "once", "once", "again", "anew", "together");
/** Most quantities are a share of what was ordered, or more than it, so that they matter. */
const shares = (...of: (number | null)[]) => fc.array(fc.constantFrom(...of), { minLength: 3, maxLength: 3 });
const reference = fc.constantFrom("N-1", "N-2", "N-3");

const as = <Kind extends Step["do"]>(kind: Kind) => fc.constant(kind);
const often = (weight: number, arbitrary: fc.Arbitrary<Step>): fc.WeightedArbitrary<Step> => ({ weight, arbitrary });

const count = fc.record({ do: as("count"), product, stock: fc.constantFrom(-2, 0, 3, 12, 30, 300), sent });
const answer = fc.record({
  do: as("answer"),
  what: fc.constantFrom("approve" as const, "modify" as const, "reject" as const),
  quantity: fc.constantFrom(5, 20, 60),
});
const isOld = fc.constantFrom(false, false, false, true);
const edit = fc.record({ do: as("edit"), product, quantity: fc.constantFrom(0, 7, 24, 60), who, isOld, sent });
const act = fc.record({
  do: fc.constantFrom("approve" as const, "send" as const, "send" as const, "send" as const, "cancel" as const),
  who,
  isOld,
  sent,
});
const receive = fc.record({
  do: as("receive"),
  at,
  reference,
  lines: shares(0, 0.3, 0.5, 1, 1.5),
  daysAgo: fc.constantFrom(0, 0, 0, 1),
  sent,
});

/** Of an order that is with its supplier. */
const DELIVERED = [
  often(
    3,
    fc.record({ do: as("confirm"), at, lines: shares(null, 0, 0.4, 1, 1.6), day: fc.constantFrom(null, 1, 5), sent }),
  ),
  often(7, receive),
  often(
    4,
    fc.record({
      do: as("receive_at_item"),
      product,
      reference: fc.constantFrom(null, "T-1", "T-2", "T-3"),
      quantity: fc.constantFrom(3, 10, 25, 80),
      sent,
    }),
  ),
  often(5, fc.record({ do: as("take_back"), at: fc.nat(9) })),
  often(1, fc.record({ do: as("promise"), product, at, share: fc.constantFrom(0.25, 1, 1.5) })),
  often(1, fc.record({ do: as("call_off"), product, at })),
];
const single = fc.oneof(
  often(6, count),
  often(2, answer),
  often(3, edit),
  often(6, act),
  ...DELIVERED,
  often(1, fc.record({ do: as("calendar"), cutOff: fc.constantFrom("10:00", "11:00", "14:00") })),
  often(1, fc.record({ do: as("buy_elsewhere"), product, isBack: fc.boolean() })),
  often(3, fc.record({ do: as("wait"), hours: fc.constantFrom(1, 4, 20), isQuiet: fc.boolean() })),
  often(1, fc.record({ do: as("close") })),
);
/** Whichever of these comes first, its answer says what it did. */
const together = fc.oneof(count, edit, act, receive);
const step = fc.oneof(often(10, single), often(1, fc.record({ do: as("at_once"), first: together, second: together })));

const OPENING: readonly Step[] = [
  ...PRODUCTS.map((product) => ({ do: "count", product, stock: 3, sent: "once" }) as const),
  { do: "send", who: "ana", isOld: false, sent: "once" },
];

/** Half of the runs begin with an order that is with its supplier, and mostly stay there. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.oneof(
  fc
    .tuple(fc.constantFrom(0, 3, 4), fc.array(step, { minLength: 8, maxLength: 30, size: "max" }))
    .map(([length, rest]) => [...OPENING.slice(0, length), ...rest]),
  fc
    .array(fc.oneof(...DELIVERED, often(1, single)), { minLength: 8, maxLength: 25, size: "max" })
    .map((rest) => [...OPENING, ...rest]),
);

export const policy = fc.record({
  send: fc.constantFrom("manual" as const, "manual" as const, "auto" as const),
  minimum: fc.constantFrom(null, null, 150),
  fourEyes: fc.boolean(),
  twoAbove: fc.constantFrom(null, null, null, 120),
});
export type Policy = typeof policy extends fc.Arbitrary<infer Of> ? Of : never;

/**
 * What each room of `src/` may import, besides itself: only rooms below it (docs/architecture.md, "Rooms"). A new room
 * is one entry here and one override in .oxlintrc.json; the test holds the two against each other and against the
 * imports.
 */
const PURE = ["workflow", "world", "replenishment"];
/** The pure state machine of a purchase order: a room below those that store and show orders. */
const ORDER = "purchasing/order";
const LOW = ["api", "config", "metrics", ORDER, "shared", "storage", "telemetry", ...PURE];
const OBJECTS = ["adviser", "item", "projection", "purchasing", "review", "store"];

export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  replenishment: [],
  world: ["replenishment", "shared"],
  workflow: ["world", "replenishment", "shared"],
  [ORDER]: [...PURE, "shared"],
  reader: ["shared"],
  shared: [],
  api: ["shared", ORDER, "workflow", "world"],
  client: ["api"],
  browser: ["api", "client", "reader", "shared"],
  config: ["shared", "workflow"],
  metrics: ["api", "config", ORDER, "shared", ...PURE],
  telemetry: ["api", "config", "metrics", "shared", ...PURE],
  storage: ["api", "config", "metrics", ORDER, "shared", ...PURE],
  adviser: ["config", "metrics", "shared", "telemetry", ...PURE],
  review: LOW,
  projection: LOW,
  store: [...LOW, "review"],
  purchasing: [...LOW, "projection", "review", "store"],
  item: [...LOW, "adviser", "projection", "purchasing", "review", "store"],
  ui: ["api", ORDER, "reader", "review", "shared", ...PURE],
  mcp: [...LOW, ...OBJECTS],
  connect: [...LOW, ...OBJECTS],
  scheduled: [...LOW, ...OBJECTS],
  http: [...LOW, ...OBJECTS, "connect", "mcp", "reader", "ui"],
};

/** Rooms that run anywhere: no Cloudflare, Hono, zod, clock, randomness, environment or I/O. */
export const PURE_ROOMS = ["replenishment", "world", "workflow", "reader", ORDER];

/**
 * The files directly in `src/`: the entry, the app and the environment see every room, and only the top rooms see them.
 */
export const ROOT = { files: ["app.ts", "env.ts", "index.ts"], seenBy: ["connect", "http", "mcp", "scheduled"] };

/** The patterns by which .oxlintrc.json refuses a room's files every room that is not below it. */
export function refusedTo(room: string): readonly string[] {
  const allowed = [room, ...MAY_IMPORT[room]!];
  const refused = Object.keys(MAY_IMPORT).filter(
    (other) => !allowed.some((name) => name === other || name.startsWith(`${other}/`) || other.startsWith(`${name}/`)),
  );
  // Where a room is seen by its inner room alone, its other files are refused one folder higher.
  const outer = allowed.filter((name) => name.includes("/") && !allowed.includes(name.slice(0, name.indexOf("/"))));
  return [
    `^(\\.\\./)+(${refused.toSorted().join("|")})/`,
    ...outer.filter((name) => name !== room).map((name) => `^(\\.\\./)+${name.slice(0, name.indexOf("/"))}/[^/]+$`),
  ];
}

/** The room of a path below `src/`; "" for a file directly in it. */
export function roomOf(path: string): string {
  return Object.keys(MAY_IMPORT)
    .filter((room) => path.startsWith(`${room}/`))
    .reduce((longest, room) => (room.length > longest.length ? room : longest), "");
}

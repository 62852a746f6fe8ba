/**
 * A Worker that writes one row in each layout that an item object might use; `npm run measure:writes` counts what each
 * costs. GET /{variant}?item=N answers { rows_written }.
 */
import { DurableObject } from "cloudflare:workers";

interface ProbeEnv {
  PROBE: DurableObjectNamespace<Probe>;
}

const RECORD = JSON.stringify({ filler: "x".repeat(2_000) });
const TICK_MS = 300_000;

export class Probe extends DurableObject<ProbeEnv> {
  #count = 0;

  constructor(ctx: DurableObjectState, env: ProbeEnv) {
    super(ctx, env);
    const sql = ctx.storage.sql;
    sql.exec("CREATE TABLE IF NOT EXISTS by_integer (slot INTEGER PRIMARY KEY, record TEXT) STRICT");
    sql.exec("CREATE TABLE IF NOT EXISTS by_text (id TEXT PRIMARY KEY, record TEXT) STRICT");
    sql.exec("CREATE TABLE IF NOT EXISTS by_text_compact (id TEXT PRIMARY KEY, record TEXT) STRICT, WITHOUT ROWID");
    sql.exec("CREATE TABLE IF NOT EXISTS indexed (slot INTEGER PRIMARY KEY, due INTEGER, record TEXT) STRICT");
    sql.exec("CREATE INDEX IF NOT EXISTS indexed_due ON indexed (due)");
  }

  async run(variant: string): Promise<number> {
    const storage = this.ctx.storage;
    const n = this.#count++;
    const write = (query: string, ...bindings: (string | number)[]): number =>
      storage.transactionSync(() => storage.sql.exec(query, ...bindings).rowsWritten);
    const integerRow = (): number => write("INSERT OR REPLACE INTO by_integer VALUES (?, ?)", n % 64, RECORD);
    switch (variant) {
      case "integer-key":
        return integerRow();
      case "text-key":
        return write("INSERT OR REPLACE INTO by_text VALUES (?, ?)", `key-${n}`, RECORD);
      case "text-key-without-rowid":
        return write("INSERT OR REPLACE INTO by_text_compact VALUES (?, ?)", `key-${n}`, RECORD);
      case "indexed":
        return write("INSERT OR REPLACE INTO indexed VALUES (?, ?, ?)", n, n, RECORD);
      case "two-rows-one-transaction":
        return storage.transactionSync(
          () =>
            storage.sql.exec("INSERT OR REPLACE INTO by_integer VALUES (?, ?)", n % 64, RECORD).rowsWritten +
            storage.sql.exec("INSERT OR REPLACE INTO by_integer VALUES (?, ?)", 1_000 + (n % 64), RECORD).rowsWritten,
        );
      case "two-rows-awaited-apart": {
        const first = integerRow();
        await storage.sync();
        return first + integerRow();
      }
      case "row-and-new-alarm":
        void storage.setAlarm(Date.now() + 3_600_000 + n);
        return integerRow();
      case "row-and-same-alarm":
        void storage.setAlarm(Math.ceil(Date.now() / TICK_MS) * TICK_MS + 3_600_000);
        return integerRow();
      default:
        return -1;
    }
  }

  override async alarm(): Promise<void> {}
}

export default {
  async fetch(request: Request, env: ProbeEnv): Promise<Response> {
    const url = new URL(request.url);
    const stub = env.PROBE.getByName(url.searchParams.get("item") ?? "0");
    return Response.json({ rows_written: await stub.run(url.pathname.slice(1)) });
  },
};

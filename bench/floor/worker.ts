/**
 * The floor: the cost of a Worker that only writes one row. Hono routes, the object of the item inserts the
 * request as received, and the answer confirms it. Any cost above this is our own code.
 */
import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono";

interface FloorEnv {
  readonly ITEM: DurableObjectNamespace<FloorObject>;
}

/** As many finished rows as an item keeps in a busy day; overwritten in turn, like a decision's row. */
const SLOTS = 1_000;

export class FloorObject extends DurableObject<FloorEnv> {
  #last = 0;
  #ready = false;

  async write(record: string): Promise<number> {
    const { sql } = this.ctx.storage;
    if (!this.#ready) {
      sql.exec("CREATE TABLE IF NOT EXISTS row (slot INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT");
      this.#last = sql.exec<{ last: number }>("SELECT ifnull(max(slot), 0) AS last FROM row").one().last;
      this.#ready = true;
    }
    this.#last++;
    sql.exec("INSERT OR REPLACE INTO row VALUES (?, ?)", this.#last % SLOTS, record);
    return this.#last;
  }

  async read(): Promise<number> {
    return this.ctx.storage.sql.exec<{ rows: number }>("SELECT count(*) AS rows FROM row").one().rows;
  }
}

const app = new Hono<{ Bindings: FloorEnv }>();

app.post("/inventory-trigger", async (c) => {
  const body = await c.req.json<{ product_id: string }>();
  const written = await c.env.ITEM.getByName(body.product_id).write(JSON.stringify(body));
  return c.json({ workflow_id: String(written), product_id: body.product_id });
});

app.get("/rows/:product_id", async (c) =>
  c.json({ rows: await c.env.ITEM.getByName(c.req.param("product_id")).read() }),
);

export default app;

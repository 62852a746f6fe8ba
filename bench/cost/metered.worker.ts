/**
 * Stockwarden with a meter on everything that is billed: rows by the cursor and by D1's meta, calls to objects, KV
 * operations. `GET /meter` shows and resets; `POST /ring/{workflow_id}` runs the alarm of that workflow's item now, so
 * that a decision's backstop is counted without waiting for it.
 */
import type { Env } from "../../src/env.ts";
import worker, { CollectorObject as Collector, ItemObject as Item, StoreObject as Store } from "../../src/index.ts";
import { emptyUsage, meter, overlay } from "./meter.ts";

export * from "../../src/index.ts";

export class ItemObject extends Item {
  constructor(ctx: DurableObjectState, env: Env) {
    meterStorage(ctx.storage);
    super(ctx, meteredEnv(env));
  }

  override async alarm(): Promise<void> {
    meter.objectRequests++;
    const started = performance.now();
    await super.alarm();
    meter.objectSeconds += (performance.now() - started) / 1_000;
  }

  /** The platform clears the alarm before it rings, for free. */
  async ring(): Promise<void> {
    const isSet = (await this.ctx.storage.getAlarm()) !== null;
    if (!isSet) return;
    const { objectRowsWritten } = meter;
    await this.ctx.storage.deleteAlarm();
    meter.objectRowsWritten = objectRowsWritten;
    await this.alarm();
  }
}

export class CollectorObject extends Collector {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, meteredEnv(env));
  }
}

export class StoreObject extends Store {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, meteredEnv(env));
  }
}

export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    if (pathname === "/meter") {
      const told = Response.json(meter);
      Object.assign(meter, emptyUsage());
      return told;
    }
    const ringing = /^\/ring\/([0-9a-f]{64})-/.exec(pathname)?.[1];
    if (ringing !== undefined) {
      const stub = env.ITEM.get(env.ITEM.idFromString(ringing)) as unknown as { ring(): Promise<void> };
      await stub.ring();
      return new Response(null, { status: 204 });
    }
    meter.requests++;
    return worker.fetch(request, meteredEnv(env), ctx);
  },
  scheduled: (controller, env, ctx) => worker.scheduled(controller, meteredEnv(env), ctx),
} satisfies ExportedHandler<Env>;

let storageIsMetered = false;

/** On the prototypes, since the platform's base class takes only the platform's own state. */
function meterStorage(storage: DurableObjectStorage): void {
  if (storageIsMetered) return;
  storageIsMetered = true;
  replaceMethod(storage.sql, "exec", (exec) => {
    const cursor = exec() as SqlStorageCursor<Record<string, SqlStorageValue>>;
    meter.objectRowsWritten += cursor.rowsWritten;
    // Rows are read while the cursor is: what it has read is asked when the caller is through with it.
    queueMicrotask(() => (meter.objectRowsRead += cursor.rowsRead));
    return cursor;
  });
  for (const name of ["setAlarm", "deleteAlarm"]) {
    replaceMethod(storage, name, (call) => {
      meter.objectRowsWritten++; // A set or deleted alarm is billed as one row written.
      return call();
    });
  }
}

function replaceMethod(instance: object, name: string, around: (call: () => unknown) => unknown): void {
  const prototype = Object.getPrototypeOf(instance) as Record<string, (...args: unknown[]) => unknown>;
  const original = prototype[name]!;
  prototype[name] = function metered(this: unknown, ...args: unknown[]) {
    return around(() => Reflect.apply(original, this, args));
  };
}

const meteredOnce = new WeakMap<Env, Env>();

/** One wrapped environment for each real one: settings and telemetry are kept by it. */
function meteredEnv(env: Env): Env {
  const known = meteredOnce.get(env);
  if (known !== undefined) return known;
  const made: Env = {
    ...env,
    ITEM: meteredNamespace(env.ITEM),
    COLLECTOR: meteredNamespace(env.COLLECTOR),
    CIRCUIT: meteredNamespace(env.CIRCUIT),
    BUDGET: meteredNamespace(env.BUDGET),
    DB: meteredDatabase(env.DB),
    CACHE: overlay(env.CACHE, {
      get: (...args: Parameters<KVNamespace["get"]>) => (meter.kvReads++, env.CACHE.get(...args)),
      put: (...args: Parameters<KVNamespace["put"]>) => (meter.kvWrites++, env.CACHE.put(...args)),
    }),
  };
  meteredOnce.set(env, made);
  return made;
}

function meteredNamespace<N extends DurableObjectNamespace<never> | DurableObjectNamespace>(namespace: N): N {
  const door =
    (name: "get" | "getByName") =>
    (...args: unknown[]) => {
      const stub = (namespace[name] as (...given: unknown[]) => object)(...args);
      return new Proxy(stub, {
        get(target, method) {
          const call: unknown = Reflect.get(target, method, target);
          if (typeof call !== "function") return call;
          return async (...given: unknown[]) => {
            meter.objectRequests++;
            const started = performance.now();
            try {
              return await (Reflect.apply(call, target, given) as Promise<unknown>);
            } finally {
              meter.objectSeconds += (performance.now() - started) / 1_000;
            }
          };
        },
      });
    };
  return overlay(namespace, { get: door("get"), getByName: door("getByName") });
}

function meteredDatabase(db: D1Database): D1Database {
  const note = <T extends { meta: D1Meta }>(result: T): T => {
    meter.d1RowsRead += result.meta.rows_read;
    meter.d1RowsWritten += result.meta.rows_written;
    return result;
  };
  const real = new WeakMap<D1PreparedStatement, D1PreparedStatement>();
  const statement = (prepared: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = overlay(prepared, {
      bind: (...values: unknown[]) => statement(prepared.bind(...values)),
      all: async () => (meter.d1Calls++, note(await prepared.all())),
      run: async () => (meter.d1Calls++, note(await prepared.run())),
      first: async (column?: string) => {
        meter.d1Calls++;
        const { results } = note(await prepared.all<Record<string, unknown>>());
        const row = results[0] ?? null;
        return row === null || column === undefined ? row : (row[column] ?? null);
      },
    });
    real.set(wrapped, prepared);
    return wrapped;
  };
  return overlay(db, {
    prepare: (query: string) => statement(db.prepare(query)),
    batch: async (statements: D1PreparedStatement[]) => {
      meter.d1Calls++;
      return (await db.batch(statements.map((wrapped) => real.get(wrapped) ?? wrapped))).map(note);
    },
  });
}

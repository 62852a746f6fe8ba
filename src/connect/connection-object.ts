/**
 * The object of one store's connection to one shop system. Wiring only: `connection.ts` owns the state. The code it
 * runs is loaded when it wakes: the isolates of items evaluate this class, too. `ctx.id.name` is not relied on.
 */
import { DurableObject } from "cloudflare:workers";
import { reportCalls } from "../telemetry/report-calls.ts";
import type { ConnectBindings } from "./bindings.ts";
import type { Connection, DeliveryCall } from "./connection.ts";
import type { DeliveryStatus, KeptDelivery } from "./delivery-inbox.ts";

export class ConnectionObject extends DurableObject<ConnectBindings> {
  static {
    reportCalls(this);
  }

  /** Set before the first call is let in. */
  #connection!: Connection;

  constructor(ctx: DurableObjectState, env: ConnectBindings) {
    super(ctx, env);
    void ctx.blockConcurrencyWhile(async () => {
      const { Connection } = await import("./connection.ts");
      this.#connection = new Connection(ctx, env);
      await this.#connection.wake();
    });
  }

  /** Resolves once the delivery is stored; a known id changes nothing. */
  async receive(call: DeliveryCall): Promise<"accepted" | "duplicate"> {
    return this.#connection.receive(call);
  }

  async deliveries(status: DeliveryStatus | null, limit: number, before: number | null): Promise<KeptDelivery[]> {
    return this.#connection.deliveries(status, limit, before);
  }

  /** False = there is no such delivery. */
  async replay(id: string): Promise<boolean> {
    return this.#connection.replay(id);
  }

  /** Processes the due deliveries, and resolves when done. */
  async poke(): Promise<void> {
    await this.#connection.poke();
  }

  override async alarm(): Promise<void> {
    await this.#connection.onAlarm();
  }
}

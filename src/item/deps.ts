/** An item's dependencies as small interfaces: the real ones are wired in `item-wiring.ts`, others in tests. */
import type { Adviser } from "../adviser/adviser.ts";
import type { Settings } from "../config/settings.ts";
import type { Failure } from "../metrics/metric-names.ts";
import type { Deliverer } from "../review/deliverer.ts";
import type { ItemIdentity } from "../storage/identity.ts";
import type { InputsDeps } from "./knowledge/inputs.ts";
import type { ForecastCache } from "../storage/kv/forecast-cache.ts";
import type { Recorded } from "../storage/record/workflow-record.ts";
import type { LineAnswer, LineCall } from "../workflow/orders/purchase-line.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { WorldSlice } from "../world/types.ts";

export interface ItemDeps {
  readonly objectId: string;
  readonly settings: Settings;
  readonly inputs: InputsDeps["store"];
  readonly cache: ForecastCache;
  /** Asks the store's object for what concerns the item. */
  readonly worldOf: (item: ItemIdentity, supplierId: string | null) => Promise<WorldSlice>;
  /** Resolves once the database holds them. */
  readonly project: (recorded: readonly Recorded[]) => Promise<void>;
  /** Null = the statistical plan decides alone. */
  readonly adviser: Adviser | null;
  readonly deliverer: Deliverer;
  /** Id of the object that keeps a store's purchase orders with a supplier. */
  readonly purchaseObjectOf: (storeId: string, supplierId: string) => string;
  readonly tellPurchaseOrder: (call: LineCall) => Promise<LineAnswer>;
  readonly now: () => number;
  /** Milliseconds from any origin, for durations. */
  readonly elapsed: () => number;
  /** A failure that no caller sees; the work itself is retried from its row. */
  readonly onFailure: (where: Failure, cause: unknown, workflowId?: string) => void;
  /** A workflow's record before and after a commit, for the log; must not throw. */
  readonly onCommitted: (before: Workflow | null, after: Workflow) => void;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

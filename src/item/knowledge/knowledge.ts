/**
 * What the item knows besides its own records: what was uploaded about it, and what concerns it of its store. The two
 * are fresh together: the settings name the supplier whose part of the world is asked for.
 */
import type { ItemIdentity } from "../../storage/identity.ts";
import type { KnownToStore } from "../../store/runs/run.ts";
import type { StoreVersions } from "../../store/store-versions.ts";
import type { ItemInputs } from "../../workflow/facts.ts";
import { passedCutOff } from "../../workflow/orders/passed-cut-off.ts";
import type { WorldSlice } from "../../world/types.ts";
import type { ItemDeps } from "../deps.ts";
import type { Journal } from "../store/journal.ts";
import { Inputs } from "./inputs.ts";
import { StoreKnowledge } from "./store-knowledge.ts";

type Deps = Pick<ItemDeps, "inputs" | "cache" | "worldOf" | "now" | "onFailure">;

export class Knowledge {
  readonly inputs: Inputs;
  readonly #store: StoreKnowledge;
  readonly #journal: Journal;
  readonly #now: () => number;

  constructor(deps: Deps, journal: Journal) {
    const { now } = deps;
    const onFailure = (cause: unknown): void => deps.onFailure("inputs", cause);
    this.#journal = journal;
    this.#now = now;
    this.inputs = new Inputs({
      store: deps.inputs,
      cache: deps.cache,
      now,
      remembered: () => ({ version: journal.identity?.inputsVersion ?? 0, terms: journal.identity?.terms ?? null }),
      onFailure,
    });
    this.#store = new StoreKnowledge({ ask: (...item) => deps.worldOf(...item), now, onFailure });
  }

  /** What is known about the item's store, with the cut-offs that count as past for this item. */
  get world(): WorldSlice {
    const { slice } = this.#store;
    const { supplier } = slice;
    if (supplier === null || supplier.send === "none") return slice;
    const passed = passedCutOff(this.#journal.orders.rows, supplier.supplierId, this.#now());
    return passed === null ? slice : { ...slice, passedCutOff: passed };
  }

  /** Everything that a decision needs is in memory and fresh; see `StoreKnowledge.isFresh`. */
  fresh(versions: StoreVersions | undefined): ItemInputs | null {
    const inputs = this.inputs.fresh(versions?.uploads);
    return inputs !== null && this.#store.isFresh(versions?.world, inputs.terms.supplierId ?? null) ? inputs : null;
  }

  /**
   * Never rejects; afterwards `world` matches the inputs.
   *
   * @param known what the caller already read about this item and its store.
   */
  async load(item: ItemIdentity, versions?: StoreVersions, known?: KnownToStore): Promise<ItemInputs> {
    const inputs = await this.inputs.load(item, versions?.uploads, known?.inputs);
    const supplierId = inputs.terms.supplierId ?? null;
    if (known !== undefined) this.#store.hear(known.slice, known.supplierId);
    if (this.#store.isFresh(versions?.world, supplierId)) return inputs;
    await this.#store.refresh(item, supplierId);
    // Settings may have arrived meanwhile.
    return this.inputs.fresh() ?? inputs;
  }

  /**
   * As `load`, but the store's object is asked whatever was heard a moment ago: what a person answers is ordered as the
   * world is now (I6). Never rejects.
   */
  async loadPresent(item: ItemIdentity): Promise<ItemInputs> {
    return this.load(item, { world: Infinity, uploads: 0 });
  }

  /** Call before work without a trigger: a cold object knows nothing about its store. Never rejects. */
  async knowStore(): Promise<void> {
    const { identity } = this.#journal;
    if (identity === null) return;
    const supplierId = this.inputs.atHand().terms.supplierId ?? null;
    if (!this.#store.isFresh(undefined, supplierId)) await this.#store.refresh(identity, supplierId);
  }
}

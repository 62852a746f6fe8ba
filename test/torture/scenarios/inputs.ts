/** Uploads that decisions must be made on, a model that is asked, and callers that use one idempotency key each. */
import { answerTogether } from "../verdicts.ts";
import type { Played, Scenario } from "../scenario.ts";
import { ask } from "./answers.ts";

const DAYS = 60;
const PACK = 12;

/** How the model behaves, by the item's name; see `startScriptedLlm`. */
const MODEL_MODES = ["right", "slow-1500", "reset+right", "hang", "html"] as const;

export const ADVISED: Scenario = {
  name: "uploaded, and a model asked",
  share: 8,
  async play(torture, round): Promise<Played> {
    const { calls } = torture;
    const product = `${MODEL_MODES[Math.floor(round.random() * MODEL_MODES.length)]}~${round.product}`;
    const item = `/products/${encodeURIComponent(product)}?store_id=${round.store}`;
    await calls.answered("office", "PUT", item, { pack_size: PACK });
    const history = `/history/${encodeURIComponent(product)}?store_id=${round.store}`;
    await calls.answered("office", "PUT", history, sales());
    const count = { product_id: product, store_id: round.store, current_stock: 20, safety_stock_level: 40 };
    const noted = { ...count, notes: "A fair is near" };
    const { workflow_id: id, status } = await calls.trigger("till-2", noted, round.product);
    const isAsked = status === "awaiting_human_review";
    const sent = isAsked && round.random() < 0.5 ? await answerTogether(torture, round, id) : [];
    return {
      workflowIds: [id],
      sent,
      async faults() {
        const { body: workflow } = await calls.answered("desk-1", "GET", `/workflows/${id}`);
        const { body: kept } = await calls.answered<{ pack_size?: number }>("office", "GET", item);
        const { body: stored } = await calls.answered<{ rows?: unknown[]; points?: unknown[] }>(
          "office",
          "GET",
          history,
        );
        const faults: string[] = [];
        if (JSON.stringify(kept).includes(`"pack_size":${PACK}`) === false)
          faults.push("acknowledged settings are gone");
        if (JSON.stringify(stored).length < DAYS * 10) faults.push("acknowledged sales are gone");
        const { recommended_quantity: quantity = 0, decided_by: by = "nobody" } = workflow.decision ?? {};
        if (by !== "human" && quantity % PACK !== 0) faults.push(`${quantity} ordered by ${by}, in packs of ${PACK}`);
        return faults;
      },
    };
  },
};

function sales(): string {
  const today = Date.now();
  const rows = Array.from({ length: DAYS }, (_, day) => {
    const date = new Date(today - (DAYS - day) * 86_400_000).toISOString().slice(0, 10);
    return `${date},${8 + (day % 5)}`;
  });
  return `date,units\n${rows.join("\n")}\n`;
}

/**
 * Two tills that use the same idempotency key are two callers; each is answered by its own workflow, however often it
 * asks.
 */
export const SHARED_KEY: Scenario = {
  name: "two callers under one idempotency key",
  share: 6,
  async play(torture, round): Promise<Played> {
    const { calls } = torture;
    const count = { product_id: round.product, store_id: round.store, current_stock: 3, safety_stock_level: 40 };
    const id = await ask(torture, round, { unit_cost: null });
    const again = async (): Promise<string[]> => [
      (await calls.trigger("till-1", { ...count, unit_cost: null }, round.product)).workflow_id,
      (await calls.trigger("till-2", count, round.product)).workflow_id,
    ];
    const [first, second] = await again();
    const sent = await answerTogether(torture, round, id);
    return {
      workflowIds: [id, second!],
      sent,
      async faults() {
        const faults: string[] = [];
        const last = await again();
        if (first !== id || last[0] !== id) faults.push("a key was answered by another workflow");
        if (second === id || last[1] !== second) faults.push("a caller was answered by another caller's workflow");
        const refused = await calls.answered("till-1", "POST", `/approve/${id}`, { decision: "approve" });
        if (refused.status !== 403) faults.push(`a till's key approved: ${refused.status}`);
        return faults;
      },
    };
  },
};

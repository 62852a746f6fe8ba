/** Questions that people answer at once, answer too late, or leave alone. */
import type { Played, Round, Scenario, Sent, Torture } from "../scenario.ts";
import { answerTogether } from "../verdicts.ts";

/** No history, and stock below half the safety stock: the plain rule asks about 37. */
export async function ask({ calls }: Torture, { product, store }: Round, changes: object = {}): Promise<string> {
  const count = { product_id: product, store_id: store, current_stock: 3, safety_stock_level: 40, unit_cost: 3.5 };
  return (await calls.trigger("till-1", { ...count, ...changes }, product)).workflow_id;
}

export const ANSWERED: Scenario = {
  name: "answered over every channel at once",
  share: 28,
  async play(torture, round): Promise<Played> {
    const id = await ask(torture, round);
    return { workflowIds: [id], sent: await answerTogether(torture, round, id) };
  },
};

export const LEFT_ALONE: Scenario = {
  name: "left to expire",
  share: 16,
  async play(torture, round): Promise<Played> {
    const id = await ask(torture, round);
    torture.leaveAlone(id);
    return { workflowIds: [id], sent: [] };
  },
};

export const TOO_LATE: Scenario = {
  name: "answered too late",
  share: 4,
  async play(torture, round): Promise<Played> {
    const id = await ask(torture, round);
    const sent: Sent[] = [];
    torture.later(torture.ttlMs + 1_000, async () => void sent.push(...(await answerTogether(torture, round, id))));
    return {
      workflowIds: [id],
      sent,
      faults: async () =>
        sent.some(({ result }) => result === "taken") ? ["an answer was taken after the deadline"] : [],
    };
  },
};

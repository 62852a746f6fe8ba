/** Questions that change while people answer them: newer counts, changed settings, two people, goods that arrive. */
import type { Attempt, Played, Round, Scenario, Sent, Torture } from "../scenario.ts";
import { answerTogether, sendVerdict } from "../verdicts.ts";
import { ask } from "./answers.ts";

const approval = (changes: Partial<Attempt> = {}): Attempt => ({
  channel: "api",
  person: "ana",
  kind: "approve",
  quantity: null,
  revision: 1,
  ...changes,
});

/** Each count changes the recommendation materially, and the last one may need nothing. */
export const SUPERSEDED: Scenario = {
  name: "overtaken by newer counts",
  share: 12,
  async play(torture, round): Promise<Played> {
    const { calls } = torture;
    const { product, store, random } = round;
    const first = await ask(torture, round);
    const ids = [first];
    const sent: Sent[] = [];
    const stocks = random() < 0.3 ? [15, 30] : [15];
    await Promise.all([
      answerTogether(torture, round, first).then((answers) => sent.push(...answers)),
      (async () => {
        for (const [at, stock] of stocks.entries()) {
          const count = { product_id: product, store_id: store, current_stock: stock, safety_stock_level: 40 };
          const { workflow_id, status } = await calls.trigger("till-2", count, `${product}/${at}`);
          ids.push(workflow_id);
          if (status === "awaiting_human_review" && random() < 0.5)
            sent.push(...(await answerTogether(torture, round, workflow_id)));
        }
      })(),
    ]);
    return { workflowIds: [...new Set(ids)], sent };
  },
};

/**
 * Settings change under the question, so that it becomes a second one; whoever saw the first decides nothing any more.
 */
export const REVISED: Scenario = {
  name: "asked anew, and answered by who saw the old question",
  share: 10,
  async play(torture, round): Promise<Played> {
    const { calls } = torture;
    const id = await ask(torture, round);
    await calls.answered("office", "PUT", `/products/${round.product}?store_id=${round.store}`, { pack_size: 50 });
    const sent: Sent[] = [];
    const first = await calls.answered("desk-1", "POST", `/approve/${id}`, { decision: "approve", revision: 1 });
    const isRevised = first.status === 409 && revisionIn(first.body) === 2;
    for (const channel of ["api", "link", "api"] as const)
      sent.push(await sendVerdict(torture, id, approval({ channel, person: "ben" })));
    const taken = isRevised ? sent.filter(({ result }) => result === "taken").length : 0;
    if (round.random() < 0.6) sent.push(...(await answerTogether(torture, round, id, 2)));
    else torture.leaveAlone(id);
    return {
      workflowIds: [id],
      sent,
      faults: async () => (taken > 0 ? ["a verdict on the first question decided the second"] : []),
    };
  },
};

function revisionIn(problem: unknown): number | undefined {
  return (problem as { workflow?: { revision: number } }).workflow?.revision;
}

/** An order that needs two people; one of them says so twice. */
export const TWO_PEOPLE: Scenario = {
  name: "approved by two people",
  share: 8,
  async play(torture, round): Promise<Played> {
    const id = await ask(torture, round, { unit_cost: 50 });
    const people = round.random() < 0.7 ? (["ana", "ana", "ben"] as const) : (["ana", "ana"] as const);
    const channel = round.random() < 0.5 ? "api" : "link";
    const sent = await Promise.all(people.map((person) => sendVerdict(torture, id, approval({ person, channel }))));
    return {
      workflowIds: [id],
      sent,
      async faults({ calls }) {
        const { body } = await calls.answered<Trail>("desk-1", "GET", `/audit/${id}`);
        const verdict = body.entries.find(({ event }) => event === "verdict");
        const partial = body.entries.filter(({ event }) => event === "approved_in_part");
        if (verdict === undefined) return [];
        return partial.some(({ actor }) => actor !== verdict.actor) ? [] : ["one person approved what needs two"];
      },
    };
  },
};

interface Trail {
  readonly entries: readonly { readonly event: string; readonly actor: string }[];
}

/** Ten units of an order arrive, and are reported again and again. */
export const RECEIVED: Scenario = {
  name: "received in part, and reported twice",
  share: 8,
  async play(torture, round): Promise<Played> {
    const { calls } = torture;
    const id = await ask(torture, round);
    const { status } = await calls.answered("desk-2", "POST", `/approve/${id}`, { decision: "approve" });
    const path = `/products/${round.product}/receipts?store_id=${round.store}`;
    const receipt = { quantity: ARRIVED, reference: `note-${round.number}` };
    const reported = await Promise.all([1, 2].map(() => calls.answered("office", "POST", path, receipt)));
    return {
      workflowIds: [id],
      sent: [],
      received: ARRIVED,
      async faults() {
        if (status !== 200) return [];
        const outstanding = await openQuantity(torture, round, id);
        const told = reported.map((answer) => answer.status).join(", ");
        return outstanding === ASKED - ARRIVED
          ? []
          : [`${outstanding} outstanding of ${ASKED} after ${ARRIVED} came (${told})`];
      },
    };
  },
};

const ASKED = 37;
const ARRIVED = 10;

async function openQuantity({ calls }: Torture, { product, store }: Round, workflowId: string): Promise<number> {
  const { body } = await calls.answered<{ open_orders: { workflow_id: string; quantity: number }[] }>(
    "office",
    "GET",
    `/products/${product}?store_id=${store}`,
  );
  return body.open_orders.find((order) => order.workflow_id === workflowId)?.quantity ?? 0;
}

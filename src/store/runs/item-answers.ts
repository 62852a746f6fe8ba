/** Asks a store's items to decide again: many at a time, each a few times. */
import { concurrently } from "../../shared/concurrently.ts";
import type { RunDeps } from "./deps.ts";
import type { Answered, RunAnswer, RunCall, RunRecord, Unreached } from "./run.ts";

/** Items asked at the same time: each answers when the database has its decision, which gathers some of them. */
const ITEMS_AT_ONCE = 64;
/** An item that cannot be reached is asked again within its page; then it counts as failed, until it answers later. */
const MOST_ATTEMPTS = 3;

const NOT_REACHED: RunAnswer = { kind: "failed" };

type Asking = Pick<RunDeps, "versions" | "known" | "decideAgain" | "onFailure">;

export interface PageAnswers {
  /** Of every item of the page. */
  readonly answers: readonly Answered[];
  readonly unreached: readonly string[];
}

export async function askPage(
  deps: Asking,
  { storeId, runId, startedAt }: RunRecord,
  page: readonly string[],
): Promise<PageAnswers> {
  // The versions are read first, so the data read afterwards is at least as new.
  const versions = await deps.versions(storeId);
  // Without it each item reads for itself, and reports its own failure.
  const known = await deps.known(storeId, page).catch(deps.onFailure);
  const heard = await concurrently(page, ITEMS_AT_ONCE, async (productId) => {
    const item = { storeId, productId };
    const answer = await ask(deps, { schema: 1, item, runId, startedAt, versions, known: known?.get(productId) });
    return { productId, answer };
  });
  return {
    answers: heard.map(({ productId, answer }) => ({ productId, answer: answer ?? NOT_REACHED })),
    unreached: heard.filter(({ answer }) => answer === null).map(({ productId }) => productId),
  };
}

/** Items that an earlier call could not reach; those that cannot be reached now are left out. */
export async function askUnreached(deps: Asking, storeId: string, items: readonly Unreached[]) {
  // Without them each item asks for itself.
  const versions = (await deps.versions(storeId).catch(deps.onFailure)) ?? undefined;
  const answers = await concurrently(items, ITEMS_AT_ONCE, async (item) => {
    const { productId, runId, startedAt } = item;
    const answer = await ask(deps, { schema: 1, item: { storeId, productId }, runId, startedAt, versions });
    return answer === null ? [] : [{ item, answer }];
  });
  return answers.flat();
}

/** Null = it cannot be reached. */
async function ask(deps: Asking, call: RunCall): Promise<RunAnswer | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await deps.decideAgain(call);
    } catch (cause) {
      if (attempt < MOST_ATTEMPTS) continue;
      deps.onFailure(cause);
      return null;
    }
  }
}

/** What connected shops sent within a day and could not be used, in words for the pages of those who can mend it. */
import { concurrently } from "../../../shared/concurrently.ts";
import { DAY_MS } from "../../../shared/durations.ts";
import { storageOf } from "../../../storage/storage.ts";
import { connectionId } from "../../../world/outside/shop-connection.ts";
import type { AppContext } from "../../kit/context.ts";

export interface ShopFault {
  readonly storeId: string;
  readonly text: string;
}

const MOST = 100;
const AT_ONCE = 8;

/** One for each store that has any; `stores`: null = all. */
export async function shopFaults(c: AppContext, stores: readonly string[] | null): Promise<readonly ShopFault[]> {
  const connections = (await storageOf(c.env).world.list("connection", MOST, null)).filter(
    ({ storeId }) => stores === null || stores.includes(storeId),
  );
  const found = await concurrently(connections, AT_ONCE, async ({ platform, storeId }) => {
    const object = c.env.CONNECTION.getByName(connectionId(platform, storeId));
    // Nobody misses today's page because one object is away.
    const failed = await object.deliveries("failed", MOST, null).catch(() => []);
    const fresh = failed.filter(({ receivedAt }) => receivedAt > Date.now() - DAY_MS);
    const [newest] = fresh;
    if (newest === undefined) return [];
    const text =
      `In the last 24 hours ${fresh.length} of the shop's deliveries failed. The last: ${newest.note}. Once that is ` +
      "mended, replay them (/connect/deliveries).";
    return [{ storeId, text }];
  });
  return found.flat();
}

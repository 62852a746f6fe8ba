/**
 * `npm run rebuild`: every item sends the database what it keeps, after rows were lost or an older copy was restored.
 */
import { Stockwarden } from "../src/client/client.ts";
import { commandFlags } from "./lib/command/command-flags.ts";
import { runProgram, StartupProblem } from "./lib/command/startup-problem.ts";

const USAGE = `npm run rebuild -- --url URL --key KEY
Has every item of the registry project its workflows again. Versions keep newer rows as they are; it may be run at any time.
  --key KEY   of scope admin`;

await runProgram(async () => {
  const { url, key } = commandFlags(USAGE, { url: { type: "string" }, key: { type: "string" } });
  if (url === undefined || key === undefined) throw new StartupProblem("--url and --key are needed.");
  const service = new Stockwarden({ url, key });
  let items = 0;
  let failed = 0;
  for (let cursor: string | null | undefined = undefined; cursor !== null;) {
    const page = await service.rebuild(cursor === undefined ? {} : { cursor });
    items += page.items;
    failed += page.failed.length;
    for (const item of page.failed) console.error(`not sent: ${item.store_id}/${item.product_id}`);
    cursor = page.next_cursor;
  }
  console.log(`${items - failed} of ${items} items have sent what they keep.`);
  if (failed > 0) process.exitCode = 1;
});

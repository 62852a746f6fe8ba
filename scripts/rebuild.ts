/**
 * `npm run rebuild`: makes every item send the database what it keeps, after rows were lost or an older copy was
 * restored. If the registry is lost as well, the platform's list of objects replaces it.
 */
import { readFileSync } from "node:fs";
import type { Stockwarden } from "../src/client/client.ts";
import { commandFlags } from "./lib/command/command-flags.ts";
import { fromInvocationFolder } from "./lib/command/invocation.ts";
import { serviceClient } from "./lib/server/service-client.ts";
import { runProgram, StartupProblem } from "./lib/command/startup-problem.ts";

const USAGE = `npm run rebuild -- --url URL [--key KEY] [--objects FILE]
Asks every item of the registry to send its workflows to the database again. Newer rows stay as they are, so it may be
run at any time.
  --key KEY       of scope admin; or API_KEY, which keeps it out of the list of processes
  --objects FILE  ids of the objects of ITEM, one a line, for a database without log and registry (docs/operations.md)`;

/** The most that one call accepts. */
const OBJECTS_A_CALL = 200;

await runProgram(async () => {
  const {
    url,
    key = process.env["API_KEY"],
    objects,
  } = commandFlags(USAGE, {
    url: { type: "string" },
    key: { type: "string" },
    objects: { type: "string" },
  });
  if (url === undefined || key === undefined) throw new StartupProblem("--url and --key (or API_KEY) are needed.");
  const service = serviceClient(url, key);
  const { items, failed } = objects === undefined ? await byRegistry(service) : await byObjects(service, objects);
  for (const name of failed) console.error(`not sent: ${name}`);
  console.log(`${items - failed.length} of ${items} items have sent what they keep.`);
  if (failed.length > 0) process.exitCode = 1;
});

interface Rebuilt {
  readonly items: number;
  readonly failed: readonly string[];
}

async function byRegistry(service: Stockwarden): Promise<Rebuilt> {
  const failed: string[] = [];
  let items = 0;
  for (let cursor: string | null | undefined = undefined; cursor !== null;) {
    const page = await service.rebuild(cursor === undefined ? {} : { cursor });
    items += page.items;
    failed.push(...page.failed.map((item) => `${item.store_id}/${item.product_id}`));
    cursor = page.next_cursor;
  }
  return { items, failed };
}

async function byObjects(service: Stockwarden, file: string): Promise<Rebuilt> {
  const ids = idsIn(file);
  const failed: string[] = [];
  let items = 0;
  for (let at = 0; at < ids.length; at += OBJECTS_A_CALL) {
    const part = await service.rebuildObjects(ids.slice(at, at + OBJECTS_A_CALL));
    items += part.items;
    failed.push(...part.failed);
  }
  return { items: items + failed.length, failed };
}

function idsIn(file: string): string[] {
  try {
    const text = readFileSync(fromInvocationFolder(file), "utf8");
    return text.split(/\s+/).filter((id) => id !== "");
  } catch (error) {
    throw new StartupProblem(`${file} cannot be read: ${(error as Error).message}.`);
  }
}

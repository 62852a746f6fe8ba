/**
 * Sends a plan's parts in order. Each has an idempotency key made from what it is, so that a part which was taken before a
 * break is answered as it was, and not counted twice.
 */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { UploadPart, UploadPlan } from "../../../src/reader/upload/parts.ts";
import type { Answer, ImportServer } from "./import-server.ts";
import { progress } from "../command/progress.ts";
import { StartupProblem } from "../command/startup-problem.ts";

export interface Decided {
  readonly productId: string;
  readonly storeId: string;
  readonly status: string;
  readonly action: string;
  readonly quantity: number;
}

export interface UploadOutcome {
  readonly catalogueRows: number;
  readonly salesRows: number;
  readonly decided: readonly Decided[];
  /** Triggers that were refused, with the reason. */
  readonly failed: readonly string[];
  readonly warnings: readonly string[];
}

const ATTEMPTS = 5;
const FIRST_WAIT_MS = 500;
const AGAIN = new Set([408, 409, 429, 500, 502, 503, 504]);
const NO_SAFETY = /safety_stock_level/u;

const TriggerResults = z.looseObject({
  results: z.array(
    z.looseObject({
      index: z.number(),
      status: z.number(),
      workflow: z
        .looseObject({
          product_id: z.string(),
          store_id: z.string(),
          status: z.string(),
          decision: z.looseObject({ recommended_action: z.string(), recommended_quantity: z.number() }).nullish(),
        })
        .nullish(),
      problem: z
        .looseObject({
          detail: z.string().nullish(),
          errors: z.array(z.looseObject({ pointer: z.string(), message: z.string() })).nullish(),
        })
        .nullish(),
    }),
  ),
});
const Warned = z.looseObject({ warnings: z.array(z.string()).nullish() });

/** Stores that are not known yet are made, in the time zone of this computer; says which. */
export async function ensureStores(client: ImportServer, stores: readonly string[]): Promise<string[]> {
  const notes: string[] = [];
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  for (const store of stores) {
    const path = `/stores/${encodeURIComponent(store)}`;
    const known = await sendPatiently(client, "GET", path, {});
    if (known.status !== 404) continue;
    const made = await sendPatiently(client, "PUT", path, { json: { name: store, time_zone: timeZone } });
    if (made.status >= 300) throw refused(`store "${store}"`, made);
    notes.push(`Store "${store}" is new: its days are those of ${timeZone}, until PUT ${path} says otherwise.`);
  }
  return notes;
}

export async function upload(client: ImportServer, plan: UploadPlan): Promise<UploadOutcome> {
  const rows = { catalogue: 0, sales: 0 };
  const decided: Decided[] = [];
  const failed: string[] = [];
  const warnings: string[] = [];
  const bar = progress(
    "loading",
    plan.parts.reduce((sum, part) => sum + part.rows, 0),
  );
  let completed = false;
  for (const part of plan.parts) {
    if (part.what === "stock" && !completed) {
      await complete(client, plan);
      completed = true;
    }
    if (part.what === "stock") {
      const results = await count(client, part);
      decided.push(...results.decided);
      failed.push(...results.failed);
    } else {
      const answer = await sendPart(client, part);
      rows[part.what] += part.rows;
      warnings.push(...(Warned.safeParse(answer.body).data?.warnings ?? []));
    }
    bar.step(part.rows);
  }
  if (!completed) await complete(client, plan);
  bar.done();
  return { catalogueRows: rows.catalogue, salesRows: rows.sales, decided, failed, warnings };
}

async function complete(client: ImportServer, { complete: stores }: UploadPlan): Promise<void> {
  for (const json of stores) {
    const answer = await sendPatiently(client, "POST", "/sales/complete", { json });
    if (answer.status >= 300) throw refused("the end of the sales", answer);
  }
}

/** A count without a safety stock asks the item's settings for one; where they have none, it is 0. */
async function count(client: ImportServer, part: UploadPart): Promise<{ decided: Decided[]; failed: string[] }> {
  const decided: Decided[] = [];
  const failed: string[] = [];
  const [header = "", ...lines] = part.csv.trimEnd().split(/\n(?=(?:[^"]*"[^"]*")*[^"]*$)/u);
  const again: string[] = [];
  for (const result of TriggerResults.parse((await sendPart(client, part)).body).results) {
    const { workflow, problem } = result;
    const faults =
      (problem?.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`).join("; ") ||
      (problem?.detail ?? "");
    if (workflow !== null && workflow !== undefined) decided.push(decisionOf(workflow));
    else if (result.status === 422 && NO_SAFETY.test(faults) && !header.includes("safety_stock_level"))
      again.push(lines[result.index] ?? "");
    else failed.push(`row ${result.index + 1}: ${faults}`);
  }
  if (again.length === 0) return { decided, failed };
  const csv = `${header},safety_stock_level\n${again.map((line) => `${line},0\n`).join("")}`;
  const second = TriggerResults.parse((await sendPart(client, { ...part, csv, rows: again.length })).body);
  for (const { workflow, problem, index } of second.results) {
    if (workflow !== null && workflow !== undefined) decided.push(decisionOf(workflow));
    else failed.push(`${again[index]}: ${problem?.detail ?? "refused"}`);
  }
  return { decided, failed };
}

function decisionOf(workflow: NonNullable<z.output<typeof TriggerResults>["results"][number]["workflow"]>): Decided {
  return {
    productId: workflow.product_id,
    storeId: workflow.store_id,
    status: workflow.status,
    action: workflow.decision?.recommended_action ?? "hold",
    quantity: workflow.decision?.recommended_quantity ?? 0,
  };
}

async function sendPart(client: ImportServer, part: UploadPart): Promise<Answer> {
  const key = createHash("sha256").update(`${part.method} ${part.path}\n${part.csv}`).digest("base64url");
  const headers = part.what === "stock" ? {} : { "idempotency-key": key };
  const answer = await sendPatiently(client, part.method, part.path, { csv: part.csv, headers });
  if (answer.status >= 300) throw refused(`${part.what} (${part.rows} rows)`, answer);
  return answer;
}

/** Again after a break in the line or a busy server, for a few seconds. */
async function sendPatiently(
  client: ImportServer,
  ...[method, path, options]: Parameters<ImportServer["send"]>
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await client.send(method, path, options);
      if (!AGAIN.has(answer.status) || isFinal(answer) || attempt === ATTEMPTS) return answer;
    } catch (error) {
      if (attempt === ATTEMPTS)
        throw new StartupProblem(
          `${(error as Error).message} Run the same command again: what was taken is not loaded twice.`,
        );
    }
    await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
  }
}

/** A 409 that no waiting mends. */
function isFinal({ status, body }: Answer): boolean {
  return (
    status === 409 && typeof body === "object" && body !== null && "code" in body && body.code === "period_differs"
  );
}

function refused(what: string, { status, body }: Answer): StartupProblem {
  const problem = z
    .looseObject({
      detail: z.string().nullish(),
      title: z.string().nullish(),
      errors: z.array(z.looseObject({ pointer: z.string().nullish(), message: z.string() })).nullish(),
    })
    .safeParse(body).data;
  const faults = (problem?.errors ?? [])
    .slice(0, 5)
    .map(({ pointer, message }) => `\n  ${pointer ?? ""} ${message}`)
    .join("");
  const hint = status === 409 ? " With --replace, what is stored by another period is dropped." : "";
  return new StartupProblem(
    `The server refused the ${what}: ${problem?.detail ?? problem?.title ?? `status ${status}`}${faults}${hint}`,
  );
}

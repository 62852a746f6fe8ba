/** `npm run screenshots`: makes the pictures of the README from a server with the sample store in it. Needs a Chromium. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { commandFlags } from "./lib/command/command-flags.ts";
import { runProgram } from "./lib/command/startup-problem.ts";
import { sampleStore } from "./lib/sample/sample-store.ts";
import { isWaiting, loadSampleStore, postMorning } from "./lib/sample/sample-morning.ts";
import { startLocalServer } from "./lib/server/local-server.ts";
import { serviceClient } from "./lib/server/service-client.ts";
import { ROOT } from "./lib/server/wrangler-process.ts";

const USAGE = `npm run screenshots
Takes the pictures of the README (docs/images) from a server of its own. It needs a Chromium, or CHROMIUM to name one.`;

/** Narrow enough to be read at the width of a README. */
const VIEWPORT = { width: 760, height: 940 };
/** Of those that order this morning, one whose supplier takes some days, so the chart has a story. */
const PICTURED_ITEM = "coffee-ground-250g";

commandFlags(USAGE, {});
await runProgram(async () => {
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-screenshots-"));
  // Every restock is a first order of its item here, so the plan's own orders are asked about.
  const server = await startLocalServer({ persistTo: folder, env: { REVIEW_FIRST_ORDER: "true" } });
  try {
    const client = serviceClient(server.url, server.key);
    const day = new Date().toISOString().slice(0, 10);
    const samples = sampleStore(day).filter(({ productId }) => productId === PICTURED_ITEM);
    await loadSampleStore(client, samples, [], day);
    const asked = (await postMorning(client, samples, day)).find(isWaiting);
    if (asked === undefined) throw new Error("no sample item asks for a review, so there is no page to picture");
    const { url } = await client.reviewLink(asked.workflow.workflow_id, "you@example.com");
    await picture(url, "review-page.png");
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function picture(url: string, name: string): Promise<void> {
  const images = join(ROOT, "docs/images");
  mkdirSync(images, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(url);
    await page.screenshot({ path: join(images, name) });
    console.log(join(images, name));
  } finally {
    await browser.close();
  }
}

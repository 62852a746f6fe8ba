/**
 * `npm run screenshots`: pictures of every page and mail, from its own server with the sample store, for
 * people to look at. Needs a Chromium.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { commandFlags } from "./lib/command/command-flags.ts";
import { runProgram } from "./lib/command/startup-problem.ts";
import { catchMails } from "./lib/pages/mail-catcher.ts";
import { BUYER, furnish, type Stop } from "./lib/pages/tour.ts";
import { REMINDER_FRACTION } from "./lib/pages/tour-mails.ts";
import { startLocalServer, type LocalServer } from "./lib/server/local-server.ts";
import { serviceClient } from "./lib/server/service-client.ts";
import { ROOT } from "./lib/server/wrangler-process.ts";

const USAGE = `npm run screenshots [-- --out FOLDER] [--readme]
Takes pictures of every page and mail, on a phone and a laptop, light and dark, from a server of its own.
  --out FOLDER   where they go (default dist/screenshots/tour)
  --readme       also remakes the picture of the README (docs/images)
It needs a Chromium, or CHROMIUM to name one.`;

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const LAPTOP = { viewport: { width: 1280, height: 800 } };
const SCREENS: Readonly<Record<string, BrowserContextOptions>> = {
  "phone-light": { ...PHONE, colorScheme: "light" },
  "phone-dark": { ...PHONE, colorScheme: "dark" },
  "laptop-light": { ...LAPTOP, colorScheme: "light" },
  "laptop-dark": { ...LAPTOP, colorScheme: "dark" },
};
/** Narrow enough to be read at the width of a README. */
const README: BrowserContextOptions = { viewport: { width: 760, height: 940 }, colorScheme: "light" };

const flags = commandFlags(USAGE, {
  out: { type: "string", default: "dist/screenshots/tour" },
  readme: { type: "boolean" },
});
await runProgram(async () => {
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-screenshots-"));
  const out = resolve(flags.out);
  mkdirSync(out, { recursive: true });
  const catcher = await catchMails();
  const env = {
    MAIL_URL: catcher.url,
    REVIEW_EMAIL_TO: BUYER,
    REVIEW_EMAIL_FROM: "Stockwarden <stock@example.com>",
    REVIEW_REMINDER_FRACTION: REMINDER_FRACTION,
  };
  const server = await startLocalServer({ persistTo: folder, env });
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    const stops = await furnish(serviceClient(server.url, server.key), server, catcher.mails);
    for (const [screen, options] of Object.entries(SCREENS)) {
      await picturePages(browser, server, stops, options, (name) => join(out, `${name}-${screen}.png`));
      const context = await browser.newContext(options);
      const page = await context.newPage();
      for (const { subject, html } of catcher.mails) {
        await page.setContent(html);
        await page.screenshot({ path: join(out, `mail-${fileName(subject)}-${screen}.png`), fullPage: true });
      }
      await context.close();
    }
    const question = stops.filter(({ name }) => name === "question-by-link");
    const images = join(ROOT, "docs/images");
    if (flags.readme === true)
      await picturePages(browser, server, question, README, () => join(images, "review-page.png"), false);
    console.log(
      `${stops.length} pages and ${catcher.mails.length} mails, ${Object.keys(SCREENS).length} times: ${out}`,
    );
  } finally {
    await browser.close();
    await server.stop();
    catcher.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function picturePages(
  browser: Browser,
  server: LocalServer,
  stops: readonly Stop[],
  options: BrowserContextOptions,
  pathOf: (name: string) => string,
  fullPage = true,
): Promise<void> {
  const [inside, outside] = await Promise.all([
    browser.newContext({ ...options, bypassCSP: true }),
    browser.newContext({ ...options, bypassCSP: true }),
  ]);
  const signedIn = await inside.newPage();
  await signIn(signedIn, server);
  const stranger = await outside.newPage();
  for (const { name, path, signedOut = false } of stops) {
    const page = signedOut ? stranger : signedIn;
    await page.goto(server.url + path);
    // Bars that stick to the window would cover the middle of a picture of the whole page.
    await page.addStyleTag({ content: ".answer,.bulk{position:static!important}" });
    await page.screenshot({ path: pathOf(name), fullPage });
  }
  await Promise.all([inside.close(), outside.close()]);
}

async function signIn(page: Page, server: LocalServer): Promise<void> {
  await page.goto(`${server.url}/inbox`);
  await page.getByLabel("Key").fill(server.key);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
}

function fileName(subject: string): string {
  return subject
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .slice(0, 40)
    .replaceAll(/^-|-$/gu, "");
}

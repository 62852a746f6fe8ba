/** A real Chromium: Debian's, or the one that CHROMIUM names. */
import { mkdirSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import { AxeBuilder } from "@axe-core/playwright";

export const SCREENSHOTS = "dist/screenshots";

export function launch(): Promise<Browser> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/** What a page shows in a moment elsewhere may take this long beside other tests and servers. */
const SHOWN_WITHIN_MS = 90_000;

export async function contextOf(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(SHOWN_WITHIN_MS);
  return context;
}

/** The narrowest phone that still matters. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 320, height: 720 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
};
export const DESK: BrowserContextOptions = { viewport: { width: 1100, height: 800 } };

export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true });
}

/** Every finding of axe as one line; a clean page has none. Legacy mode opens no second page: ours have no frames. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
  );
}

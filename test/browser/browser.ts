/** A real Chromium: Debian's, or the one that CHROMIUM names. */
import { mkdirSync } from "node:fs";
import axe, { type RunOptions } from "axe-core";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";

const SCREENSHOTS = "dist/screenshots";

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

/** `scale` "css" makes one point of each pixel of the page, which is enough to look at a zoomed window. */
export async function shoot(page: Page, name: string, scale: "css" | "device" = "device"): Promise<void> {
  await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true, scale });
}

/** Rules that can break when only the colours change. */
export const RULES_OF_COLOUR: readonly string[] = ["color-contrast", "link-in-text-block"];

/** Every finding of axe as one line; a clean page has none. Without `rules` by all of them. */
export async function axeFindings(page: Page, rules: readonly string[] | null = null): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (only) => {
    const options = only === null ? {} : { runOnly: { type: "rule", values: only } };
    const { axe: engine } = globalThis as unknown as { axe: typeof axe };
    const found = await engine.run(document, { ...options, resultTypes: ["violations"] } as RunOptions);
    return found.violations;
  }, rules);
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
  );
}

/** Links, buttons and fields that a click in their middle does not reach, because something lies over them. */
export function coveredControls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("a[href],button,input:not([type=hidden]),select,textarea,summary")]
      .filter((control) => {
        control.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        const [box] = control.getClientRects();
        if (box === undefined || box.right < 0 || !control.checkVisibility()) return false;
        const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return hit === null || !(control.contains(hit) || hit.contains(control));
      })
      .map((control) => control.outerHTML.slice(0, 100)),
  );
}

/** Lists that a narrow window shows as cards, and that scroll sideways in it all the same. */
export function cutLists(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLTableElement>(".stack")]
      .filter((list) => {
        const frame = list.parentElement!;
        const isCards = getComputedStyle(list.tHead!).position === "absolute";
        return isCards && frame.scrollWidth > frame.clientWidth;
      })
      .map((list) => list.textContent.slice(0, 80)),
  );
}

/** Cells of tables whose text or field lies over that of the next cell. */
export function crossedCells(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxOf = (cell: Element): DOMRect => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return range.getBoundingClientRect();
    };
    return [...document.querySelectorAll("td + td")]
      .filter((cell) => {
        const [a, b] = [boxOf(cell.previousElementSibling!), boxOf(cell)];
        return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
      })
      .map((cell) => cell.parentElement!.textContent.slice(0, 100));
  });
}

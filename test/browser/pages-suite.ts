/**
 * Every page, in every state: axe finds nothing, nothing overflows. Two files share the screens, to run side by side.
 *
 * A page is loaded once for each screen. The dark scheme changes colours and nothing else, so the page is switched to
 * it and only the rules about colours are asked again.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAGE_POLICY } from "../../src/http/middleware/headers.ts";
import { SERVED_ASSETS } from "./served-assets.ts";
import {
  axeFindings,
  cutLists,
  contextOf,
  coveredControls,
  crossedCells,
  launch,
  RULES_OF_COLOUR,
  shoot,
} from "./browser.ts";
import { NOW, SAMPLES } from "./page-samples.tsx";

export interface Screen {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** A zoomed window has the colours of any other. */
  readonly isZoomed?: boolean;
}

export function pagesSuite(screens: readonly Screen[]): void {
  let browser: Browser;
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    browser = await launch();
    server = createServer((request, response) => {
      const asset = SERVED_ASSETS.find(({ path }) => path === request.url);
      if (asset !== undefined) return response.setHeader("Content-Type", asset.type).end(asset.body);
      const page = SAMPLES[(request.url ?? "").slice(1).split("?")[0]!];
      response.setHeader("Content-Security-Policy", PAGE_POLICY).setHeader("Content-Type", "text/html; charset=utf-8");
      return response.end(page?.() ?? "no such sample");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  describe.each(screens)("on a $name", ({ name, options, isZoomed = false }) => {
    let page: Page;
    let complaints: string[] = [];

    beforeAll(async () => {
      const context = await contextOf(browser, { ...options, reducedMotion: "reduce" });
      page = await context.newPage();
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      await page.clock.setFixedTime(NOW);
    });
    afterAll(() => page?.context().close());

    it.each(Object.keys(SAMPLES))(
      "%s is clean for axe, light and dark, breaks no policy, hides no control and does not scroll sideways",
      async (sample) => {
        complaints = [];
        await page.emulateMedia({ colorScheme: "light" });
        await page.goto(`${origin}/${sample}`);
        expect(await page.title()).not.toBe("");
        await shoot(page, isZoomed ? `${sample}-${name}` : `${sample}-${name}-light`, isZoomed ? "css" : "device");
        expect(await axeFindings(page)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        ).toBe(0);
        expect(await cutLists(page)).toEqual([]);
        expect(await crossedCells(page)).toEqual([]);
        expect(await coveredControls(page)).toEqual([]);
        if (!isZoomed) {
          await page.emulateMedia({ colorScheme: "dark" });
          await shoot(page, `${sample}-${name}-dark`);
          expect(await axeFindings(page, RULES_OF_COLOUR)).toEqual([]);
          await page.emulateMedia({ media: "print" });
          expect(await page.locator("main :is(button, .button):visible").allTextContents()).toEqual([]);
          await page.emulateMedia({ media: null });
        }
        expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
      },
    );
  });
}

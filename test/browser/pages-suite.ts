/**
 * Every page, in every state: axe finds nothing, nothing overflows. Two files share the screens, to run side by side.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PAGE_POLICY } from "../../src/http/middleware/headers.ts";
import { DOCS_POLICY } from "../../src/http/routes/service/docs.ts";
import { SERVED_ASSETS } from "./served-assets.ts";
import { axeFindings, contextOf, launch, shoot } from "./browser.ts";
import { NOW, SAMPLES } from "./page-samples.tsx";

export interface Screen {
  readonly name: string;
  readonly options: BrowserContextOptions;
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
      const policy = request.url === "/docs" ? DOCS_POLICY : PAGE_POLICY;
      response.setHeader("Content-Security-Policy", policy).setHeader("Content-Type", "text/html; charset=utf-8");
      return response.end(page?.() ?? "no such sample");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  describe.each(screens)("on $name", ({ name, options }) => {
    it.each(Object.keys(SAMPLES))(
      "%s is clean for axe, breaks no policy and does not scroll sideways",
      async (sample) => {
        const context = await contextOf(browser, { ...options, reducedMotion: "reduce" });
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error") complaints.push(message.text());
        });
        await page.clock.setFixedTime(NOW);
        await page.goto(`${origin}/${sample}`);
        await shoot(page, `${sample}-${name}`);
        expect(await axeFindings(page)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        ).toBe(0);
        expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
        await context.close();
      },
    );
  });
}

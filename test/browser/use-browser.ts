/** A browser for the tests of a file; what a test opens is closed after it. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { contextOf, launch, PHONE } from "./browser.ts";

export interface TestBrowser {
  newPage(options?: BrowserContextOptions): Promise<Page>;
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
}

export function useBrowser(): TestBrowser {
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function newPage(options = PHONE): Promise<Page> {
    const context = await contextOf(browser, options);
    contexts.push(context);
    return context.newPage();
  }
  return {
    newPage,
    async open(url, options) {
      const page = await newPage(options);
      await page.goto(url);
      return page;
    },
  };
}

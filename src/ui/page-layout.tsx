/** The frame of every page: head, skip link, brand, navigation for those signed in. */
import type { Child } from "hono/jsx";
import { FAVICON, PAGE_JS, STYLESHEET } from "./generated/asset-paths.ts";

export interface LayoutProps {
  readonly title: string;
  /** Where in the navigation the page belongs; default: its title. */
  readonly place?: string;
  /** The path of a script. */
  readonly script?: string;
  /** Set = the navigation is shown; `csrf` is the token that signing out needs. */
  readonly session?: { readonly name: string; readonly csrf: string } | null;
  /** Of a page that may answer a form: what Back and Reload open instead; "" = its own address. */
  readonly here?: string | undefined;
  /** A wide page, for large tables. */
  readonly wide?: boolean;
  readonly children?: Child;
}

const PLACES: Readonly<Record<string, string>> = {
  Today: "/",
  Inbox: "/inbox",
  Orders: "/orders",
  Items: "/items",
  "Load files": "/import",
  History: "/inbox?show=history",
};

export function Layout({ title, place = title, script, session, here, wide = false, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow, noarchive" />
        {/* To ourselves only: without it, browsers that send no Sec-Fetch-Site would send our own forms with
            `Origin: null`. */}
        <meta name="referrer" content="same-origin" />
        <title>{`${title} · Stockwarden`}</title>
        <link rel="icon" type="image/svg+xml" href={FAVICON} />
        <link rel="stylesheet" href={STYLESHEET} />
        {here === undefined ? null : <script src={PAGE_JS} defer></script>}
        {script === undefined ? null : <script src={script} defer></script>}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        <header class="top">
          <a class="brand" href="/">
            <img src={FAVICON} alt="" />
            Stockwarden
          </a>
          {session === undefined || session === null ? null : (
            <nav aria-label="Pages">
              {Object.entries(PLACES).map(([name, href]) => (
                <a href={href} aria-current={name === place ? "true" : undefined}>
                  {name}
                </a>
              ))}
              <form class="inline" method="post" action="/inbox/sign-out">
                <input type="hidden" name="csrf" value={session.csrf} />
                <button class="linklike" type="submit">
                  Sign out ({session.name})
                </button>
              </form>
            </nav>
          )}
        </header>
        <main id="main" class={wide ? "wide" : ""} tabindex={-1} data-here={here}>
          {children}
        </main>
      </body>
    </html>
  );
}

/** A page as text, with its doctype. */
export function renderPage(page: unknown): string {
  return `<!doctype html>${String(page)}`;
}

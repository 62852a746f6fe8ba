/**
 * `/import` and what its script sends: the routes that a key would call, reached by a session instead. The script
 * carries the session's token in a header that no other site can set.
 */
import { Problem } from "../../api/problems.ts";
import { ImportPage } from "../../ui/import-page.tsx";
import { holdsToken, sessionOf } from "../auth/inbox-session.ts";
import { refuseOtherStore } from "../auth/store-bounds.ts";
import type { Route } from "../kit/route.ts";
import { pageRoute } from "./page-route.ts";
import { isFromOurPage, page } from "./page.ts";
import { shown, withSession } from "./with-session.tsx";

/** What loading and taking back send. */
export const IMPORT_NEEDS: ReadonlySet<string> = new Set([
  "PUT /catalogue",
  "POST /sales",
  "POST /sales/complete",
  "DELETE /history/:product_id",
  "POST /inventory-triggers",
  "GET /stores/:store_id",
  "PUT /stores/:store_id",
]);

export const getImport = pageRoute({
  method: "GET",
  path: "/import",
  summary: "Load a shop's own files",
  handle: (c) => withSession(c, async (session) => page(c, <ImportPage session={shown(session)} />)),
});

/** The same route under `/import`, for a session that may do what the route needs. */
export function fromImportPage(route: Route): Route {
  return {
    ...route,
    path: `/import${route.path}`,
    scope: "open",
    docs: {
      ...route.docs,
      group: "pages",
      summary: `For the page /import: ${route.docs.summary}`,
      problems: [...(route.docs.problems ?? []), "unauthorized", "forbidden"],
    },
    async run(c, asked) {
      const session = await sessionOf(c);
      if (session === null)
        throw new Problem("unauthorized", "Your session has ended. Open /import and sign in again.");
      if (!holdsToken(session, c.req.header("X-CSRF")) || (c.req.method !== "GET" && !isFromOurPage(c)))
        throw new Problem("forbidden", "This did not come from the page /import.");
      const { principal } = session;
      if (route.scope !== "open" && route.scope !== "any" && !principal.scopes.has(route.scope))
        throw new Problem("forbidden", `This needs a key with the scope "${route.scope}". Sign in with one.`);
      if (principal.stores !== null) await refuseOtherStore(c, principal, asked);
      return route.run(c, asked, principal);
    },
  };
}

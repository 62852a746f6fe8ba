import { describe, expect, it } from "vitest";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { signIn } from "../support/sign-in.ts";
import { countOf } from "../../support/counts.ts";
import { dumpAtRest } from "../support/dump.ts";
import { furnish } from "../support/furnished.ts";
import { makeKey, withKey } from "../support/keys.ts";
import { askQuietly } from "../support/quiet-app.ts";
import { useWorld } from "../support/world.ts";

useWorld();

const REQUESTS_A_ROUTE = countOf(1_000);
const LONG_RUN_MS = 900_000;
const AT_ONCE = 25;

describe("GET and HEAD (I11)", () => {
  it(
    "change nothing: a thousand on every route (fewer in a short run) leave every stored row as it was",
    async () => {
      const placeOf = await furnish();
      const cookie = await signIn();
      const routes = ROUTES.filter(({ method }) => method === "GET");
      const { key } = await makeKey({ scopes: ["read", "metrics", "admin"] });
      // Deliveries and projections of what was furnished come to rest first.
      const before = await dumpAtRest();
      for (const route of routes) {
        const path = placeOf(route);
        const statuses = new Set<number>();
        const headers = route.scope === "open" ? { Cookie: cookie } : withKey(key);
        for (let sent = 0; sent < REQUESTS_A_ROUTE; sent += AT_ONCE) {
          const answers = await Promise.all(
            Array.from({ length: AT_ONCE }, (_, at) =>
              askQuietly((sent + at) % 2 === 0 ? "GET" : "HEAD", path, headers),
            ),
          );
          for (const answer of answers) {
            statuses.add(answer.status);
            await answer.arrayBuffer();
          }
        }
        // What the page /import asks needs the session's token beside its cookie.
        expect([path, [...statuses]]).toEqual([path, [path.startsWith("/import/") ? 403 : 200]]);
      }
      expect(await dumpAtRest()).toEqual(before);
    },
    LONG_RUN_MS,
  );
});

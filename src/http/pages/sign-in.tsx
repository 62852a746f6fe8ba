/** `POST /inbox/sign-in` and `POST /inbox/sign-out`: a key is exchanged for a session, and the session is ended. */
import { SignInPage } from "../../ui/sign-in-page.tsx";
import { principalOfKey } from "../auth/authenticate.ts";
import { closeSession, openSession } from "../auth/inbox-session.ts";
import { addressOf, countRequest } from "../auth/limits.ts";
import { pageRoute } from "./page-route.ts";
import { isFromOurPage, notFromOurPage, page, readForm } from "./page.ts";
import { isOurs, localPath, withSession } from "./with-session.tsx";

export const postSignIn = pageRoute({
  method: "POST",
  path: "/inbox/sign-in",
  summary: "Exchange a key for a session",
  async handle(c) {
    if (!isFromOurPage(c)) return notFromOurPage(c);
    const form = await readForm(c);
    const next = localPath(form.get("next"));
    const principal = await principalOfKey(c, (form.get("key") ?? "").trim());
    if (principal === null) await countRequest(c, "failures", addressOf(c));
    if (principal === null || !principal.scopes.has("review")) {
      return page(c, <SignInPage error="This key is unknown, has ended, or may not review." next={next} />, 401);
    }
    await openSession(c, principal);
    return c.redirect(next, 303);
  },
});

export const postSignOut = pageRoute({
  method: "POST",
  path: "/inbox/sign-out",
  summary: "End the session",
  handle: (c) =>
    withSession(c, async (session) => {
      if (!isOurs(c, session, await readForm(c))) return notFromOurPage(c);
      closeSession(c);
      return c.redirect("/inbox", 303);
    }),
});

/** Signing in and out: with a key, or by a one-time link that is mailed to a person. */
import * as z from "zod";
import { emailAddress } from "../../api/person-shape.ts";
import { MessagePage } from "../../ui/message-page.tsx";
import { LinkPage, SignInPage } from "../../ui/sign-in-page.tsx";
import { sha256Hex } from "../../shared/sha256.ts";
import { storageOf } from "../../storage/storage.ts";
import { principalOfKey } from "../auth/authenticate.ts";
import { closeSession, openSession } from "../auth/inbox-session.ts";
import { mayLookUp } from "../auth/failing-addresses.ts";
import { addressOf, countRequest } from "../auth/limits.ts";
import { LINK_MINUTES, mailLink } from "../auth/one-time-link.ts";
import { rosterOf } from "../auth/roster.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { readJson } from "../kit/request/body.ts";
import { json, open } from "../kit/route.ts";
import type { Person } from "../../workflow/person.ts";
import { telemetryOf } from "../../telemetry/telemetry.ts";
import { errorFields } from "../../telemetry/log.ts";
import { FORM, HTML, pageRoute } from "./page-route.ts";
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
      const error = "This key is unknown, has ended, or may not review.";
      return page(c, <SignInPage error={error} next={next} byMail={settings(c).email !== null} />, 401);
    }
    await countRequest(c, principal.rateClass, principal.keyId);
    await openSession(c, "key", principal.keyId);
    return c.redirect(next, 303);
  },
});

const SignInBody = z.strictObject({ email: emailAddress }).meta({ id: "SignIn" });

/** From a page as a form, from a program as JSON; always 202, so nobody learns which addresses are known. */
export const postSignInByMail = open({
  method: "POST",
  path: "/sign-in",
  docs: {
    summary: "Mail a one-time link to a person; the answer does not say whether the address is known",
    group: "pages",
    body: { ...json(SignInBody), ...FORM },
    answers: {
      202: {
        says: "If the address is a person's, a link is sent to it",
        content: { ...json(z.looseObject({})), ...HTML },
      },
    },
    problems: ["forbidden"],
  },
  async handle(c) {
    const isForm = c.req.header("Content-Type")?.startsWith("application/x-www-form-urlencoded") === true;
    if (isForm && !isFromOurPage(c)) return notFromOurPage(c);
    const form = isForm ? await readForm(c) : null;
    const email =
      form === null
        ? (await readJson(c, SignInBody)).email
        : (emailAddress.safeParse(form.get("email")?.trim()).data ?? null);
    if (email !== null)
      c.executionCtx.waitUntil(
        mailLink(c, email, localPath(form?.get("next") ?? null)).catch((error: unknown) => {
          const telemetry = telemetryOf(c.env);
          telemetry.log.warn("sign_in_mail_failed", errorFields(error));
          telemetry.tallies.error("sign_in_mail");
        }),
      );
    if (!isForm) return c.json({ sent: "if the address is known" }, 202);
    const lines = [
      "If the address belongs to a person here, a link is on its way to it.",
      `It is good once, for ${LINK_MINUTES} minutes. Nothing came? Look for spam and typing errors, then ask again.`,
    ];
    const next = { href: localPath(form?.get("next") ?? null), title: "Type the address again" };
    return page(c, <MessagePage title="Look into your mail" lines={lines} next={next} />, 202);
  },
});

const OF_LINK = {
  params: z.object({ link: z.string().max(100) }),
  query: z.object({
    next: z.string().optional().catch(undefined).describe("The page to go to once signed in; the inbox without it"),
  }),
} as const;

export const getSignInLink = pageRoute({
  ...OF_LINK,
  method: "GET",
  path: "/sign-in/:link",
  summary: "The page that a mailed link opens; signs nobody in by itself",
  async handle(c, { params, query }) {
    const person = await holderOf(c, params.link, "invitee");
    return person === null
      ? spentLink(c)
      : page(
          c,
          <LinkPage
            name={person.name}
            action={`/sign-in/${params.link}?next=${encodeURIComponent(localPath(query.next ?? null))}`}
          />,
        );
  },
});

export const postSignInLink = pageRoute({
  ...OF_LINK,
  method: "POST",
  path: "/sign-in/:link",
  summary: "Sign in by a mailed link, once",
  async handle(c, { params, query }) {
    if (!isFromOurPage(c)) return notFromOurPage(c);
    const person = await holderOf(c, params.link, "redeem");
    if (person === null) return spentLink(c);
    await openSession(c, "person", person.personId);
    return c.redirect(localPath(query.next ?? null), 303);
  },
});

/** Null for a link that is unknown or has ended, which counts as a failed credential. */
async function holderOf(c: AppContext, link: string, find: "invitee" | "redeem"): Promise<Person | null> {
  const now = Date.now();
  const personId = mayLookUp(addressOf(c), now) ? await storageOf(c.env).sessions[find](sha256Hex(link), now) : null;
  const person = personId === null ? null : (await rosterOf(c.env)).byId(personId);
  if (person === null) await countRequest(c, "failures", addressOf(c));
  return person;
}

function spentLink(c: AppContext): Response {
  const lines = ["It was used, or its time is over. Ask for a new one, or go on where you are signed in already."];
  const next = { href: "/", title: "Go on, or sign in" };
  return page(c, <MessagePage title="This link has ended" lines={lines} next={next} />, 404);
}

export const postSignOut = pageRoute({
  method: "POST",
  path: "/inbox/sign-out",
  summary: "End the session",
  handle: (c) =>
    withSession(c, async (session) => {
      if (!isOurs(c, session, await readForm(c))) return notFromOurPage(c);
      await closeSession(c);
      const { access } = settings(c);
      const isByAccess = access !== null && c.req.header("Cf-Access-Jwt-Assertion") !== undefined;
      return c.redirect(isByAccess ? `${access.issuer}/cdn-cgi/access/logout` : "/inbox", 303);
    }),
});

/** The pages' session of whoever signs in, with a key or by a one-time link. */
import { env, exports } from "cloudflare:workers";
import { sha256Hex } from "../../../src/shared/sha256.ts";
import { MINUTE_MS } from "../../../src/shared/durations.ts";
import { storageOf } from "../../../src/storage/storage.ts";
import { ROOT_KEY } from "./world.ts";

const ORIGIN = "http://localhost:8787";
const OURS = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };

/** The session's cookie, as a request sends it. */
export function signIn(key = ROOT_KEY): Promise<string> {
  return cookieFrom("/inbox/sign-in", new URLSearchParams({ key }));
}

/** The same for a person, by a link that is good once. */
export async function signInAs(personId: string): Promise<string> {
  return cookieFrom(await oneTimeLink(personId));
}

/** The path of a link as it is mailed. */
export async function oneTimeLink(
  personId: string,
  token: string = crypto.randomUUID(),
  minutes = 15,
): Promise<string> {
  const invitation = {
    token: sha256Hex(token),
    personId,
    sender: "tests",
    expiresAt: Date.now() + minutes * MINUTE_MS,
  };
  await storageOf(env).sessions.invite(invitation, { person: 9, sender: 9 }, Date.now());
  return `/sign-in/${token}`;
}

/** What each form of a page carries. */
export function csrfIn(html: string): string {
  return /name="csrf" value="([0-9a-f]+)"/.exec(html)![1]!;
}

async function cookieFrom(path: string, body?: URLSearchParams): Promise<string> {
  const init = body === undefined ? {} : { body };
  const answer = await exports.default.fetch(`${ORIGIN}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: OURS,
    ...init,
  });
  return answer.headers.get("Set-Cookie")!.split(";")[0]!;
}

/** The pages' session of whoever signs in with a key. */
import { exports } from "cloudflare:workers";
import { ROOT_KEY } from "./world.ts";

const ORIGIN = "http://localhost:8787";

/** The session's cookie, as a request sends it. */
export async function signIn(key = ROOT_KEY): Promise<string> {
  const answer = await exports.default.fetch(`${ORIGIN}/inbox/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams({ key }),
  });
  return answer.headers.get("Set-Cookie")!.split(";")[0]!;
}

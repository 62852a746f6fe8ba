/** What the page `/import` sends: by a session of one's own, from our own page, with the rights of its key. */
import { describe, expect, it } from "vitest";
import { makeKey, send } from "../support/keys.ts";
import { ROOT_KEY, useWorld } from "../support/world.ts";

useWorld();

const FROM_PAGE = { Origin: "http://localhost:8787", "Sec-Fetch-Site": "same-origin" };
const SALES = "product_id,date,units\nTEA,2026-01-05,3\n";

async function signIn(key: string): Promise<{ cookie: string; csrf: string }> {
  const answer = await send("POST", "/inbox/sign-in", FROM_PAGE, new URLSearchParams({ key, next: "/import" }));
  expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/import"]);
  const cookie = answer.headers.get("Set-Cookie")!.split(";")[0]!;
  const page = String((await send("GET", "/import", { Cookie: cookie })).body);
  return { cookie, csrf: /data-csrf="([^"]+)"/u.exec(page)![1]! };
}

const postSales = (headers: Record<string, string>, query = "") =>
  send("POST", `/import/sales${query}`, { ...FROM_PAGE, "Content-Type": "text/csv", ...headers }, SALES);

describe("/import", () => {
  it("shows the sign-in page to strangers, and takes nothing from them", async () => {
    expect((await send("GET", "/import")).status).toBe(401);
    expect((await postSales({})).status).toBe(401);
    expect((await postSales({ Authorization: `Bearer ${ROOT_KEY}` })).status).toBe(401);
  });

  it("takes sales of a session with its token, as POST /sales does", async () => {
    const { cookie, csrf } = await signIn(ROOT_KEY);
    expect((await postSales({ Cookie: cookie, "X-CSRF": csrf })).body).toMatchObject({ items: 1, rows: 1, units: 3 });
  });

  it("refuses another site, and a wrong or missing token", async () => {
    const { cookie, csrf } = await signIn(ROOT_KEY);
    expect((await postSales({ Cookie: cookie })).status).toBe(403);
    expect((await postSales({ Cookie: cookie, "X-CSRF": "guess" })).status).toBe(403);
    const elsewhere = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
    expect((await postSales({ Cookie: cookie, "X-CSRF": csrf, ...elsewhere })).status).toBe(403);
  });

  it("does no more than the key of the session may", async () => {
    const looking = await signIn((await makeKey({ scopes: ["review"] })).key);
    expect((await postSales({ Cookie: looking.cookie, "X-CSRF": looking.csrf })).status).toBe(403);
    const bound = await signIn((await makeKey({ scopes: ["review", "write"], stores: ["kobe"] })).key);
    const headers = { Cookie: bound.cookie, "X-CSRF": bound.csrf };
    expect((await postSales(headers, "?store_id=ginza")).status).toBe(404);
    expect((await postSales(headers, "?store_id=kobe")).status).toBe(200);
  });
});

/** A page's cursor belongs to its list: another list's is refused, as is one that nobody issued. */
import { expect, it } from "vitest";
import { anItem, counted } from "../support/purchasing.ts";
import { eventually } from "../support/eventually.ts";
import { signInAs } from "../support/sign-in.ts";
import { ask, trigger, useWorld } from "../support/world.ts";

useWorld();

const LISTS = [
  "stores",
  "suppliers",
  "events",
  "people",
  "webhooks",
  "sessions",
  "keys",
  "reviews",
  "purchase-orders",
  "restocks",
];

async function twoOfEach(): Promise<void> {
  for (const id of ["a", "b"]) {
    await ask("PUT", `/stores/${id}`, {});
    await ask("PUT", `/suppliers/${id}`, { send: "manual", lead_time_days: 2 });
    await anItem(`item-${id}`, { supplier_id: id });
    await counted(`item-${id}`, 3);
    await anItem(`own-${id}`, { supplier_id: undefined });
    await counted(`own-${id}`, 3);
    await ask("PUT", `/events/${id}`, { name: id, from: "2040-05-01", to: "2040-05-02", multiplier: 2 });
    await ask("PUT", `/people/${id}`, { name: id, email: `${id}@example.com` });
    const endpoint = {
      url: `https://${id}.example/`,
      events: ["review.opened"],
      secret: `whsec_${btoa("s".repeat(32))}`,
    };
    await ask("PUT", `/webhooks/${id}`, endpoint);
    await signInAs(id);
    await ask("POST", "/keys", { name: id, scopes: ["read"] });
    await trigger({ product_id: id });
  }
}

it("is taken by the list that it was issued for, and by no other", async () => {
  await twoOfEach();
  const cursorOf = (list: string): Promise<string> =>
    eventually(async () => {
      const { next_cursor } = (await ask("GET", `/${list}?limit=1`)).body;
      expect([list, next_cursor]).toEqual([list, expect.any(String)]);
      return next_cursor;
    });
  const cursors = await Promise.all(LISTS.map(cursorOf));
  for (const list of LISTS) {
    const answers = await Promise.all(cursors.map((cursor) => ask("GET", `/${list}?limit=1&cursor=${cursor}`)));
    const statuses = answers.map(({ status }) => status);
    expect([list, ...statuses]).toEqual([list, ...LISTS.map((other) => (other === list ? 200 : 422))]);
    for (const { status, body } of answers.filter((answer) => answer.status !== 200))
      expect([list, status, body.errors[0].pointer]).toEqual([list, 422, "cursor"]);
  }
  for (const query of ["projections/rebuild", "deliveries/redeliver"])
    for (const cursor of cursors)
      expect((await ask("POST", `/${query}?cursor=${cursor}`)).status, `${query} ${cursor}`).toBe(422);
});

/** What the store of sessions and one-time links promises, whichever database keeps them. */
import { describe, expect, it } from "vitest";
import type { Storage } from "../../src/storage/storage-interface.ts";
import { T0 } from "../support/builders/a-workflow.ts";
import { objectId } from "./rows.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";

const session = (seed: string, subject: string, expiresAt = T0 + HOUR_MS) =>
  ({ sessionId: objectId(seed), kind: "person", subject, createdAt: T0, expiresAt }) as const;
const signIn = (seed: string, expiresAt = T0 + HOUR_MS) => ({
  token: objectId(seed),
  personId: "ana",
  sender: objectId("f"),
  expiresAt,
});

const MOST = { person: 9, sender: 9 };

export function sessionsSuite(storage: () => Storage): void {
  const sessions = () => storage().sessions;

  describe("sessions", () => {
    it("are there until they are over or ended, and are listed by id", async () => {
      await sessions().open(session("b", "ana"));
      await sessions().open(session("a", "ben"));
      expect(await sessions().get(objectId("b"), T0)).toEqual(session("b", "ana"));
      expect(await sessions().get(objectId("b"), T0 + HOUR_MS)).toBeNull();
      const ids = async (limit: number, after: string | null) =>
        (await sessions().list(limit, after, T0)).map(({ sessionId }) => sessionId);
      expect(await ids(9, null)).toEqual([objectId("a"), objectId("b")]);
      expect(await ids(9, objectId("a"))).toEqual([objectId("b")]);
      expect(await ids(1, null)).toEqual([objectId("a")]);
      expect([await sessions().end(objectId("b")), await sessions().end(objectId("b"))]).toEqual([true, false]);
      expect(await ids(9, null)).toEqual([objectId("a")]);
    });

    it("of one person end together, and nobody else's", async () => {
      for (const [seed, subject] of [
        ["a", "ana"],
        ["b", "ben"],
        ["c", "ana"],
      ] as const)
        await sessions().open(session(seed, subject));
      await sessions().open({ ...session("d", "ana"), kind: "key" });
      await sessions().endAllOf("person", "ana");
      expect((await sessions().list(9, null, T0)).map(({ subject, kind }) => [subject, kind])).toEqual([
        ["ben", "person"],
        ["ana", "key"],
      ]);
    });

    it("that are over go when another opens", async () => {
      await sessions().open(session("a", "ana", T0 + 1));
      await sessions().open({ ...session("b", "ben"), createdAt: T0 + 2 });
      expect((await sessions().list(9, null, T0)).map(({ subject }) => subject)).toEqual(["ben"]);
    });
  });

  describe("one-time links", () => {
    it("are good once, for their time; looking does not use them", async () => {
      await sessions().invite(signIn("a"), MOST, T0);
      expect([await sessions().invitee(objectId("a"), T0), await sessions().invitee(objectId("a"), T0)]).toEqual([
        "ana",
        "ana",
      ]);
      expect(await sessions().redeem(objectId("a"), T0 + HOUR_MS)).toBeNull();
      const redeemed = await Promise.all([1, 2, 3].map(() => sessions().redeem(objectId("a"), T0)));
      expect(redeemed.filter((person) => person === "ana")).toHaveLength(1);
      expect(await sessions().invitee(objectId("a"), T0)).toBeNull();
      expect(await sessions().redeem(objectId("e"), T0)).toBeNull();
    });

    it("are limited by person and by sender while they last, used ones too", async () => {
      const invite = (seed: string, changes: object = {}, now = T0) =>
        sessions().invite({ ...signIn(seed, T0 + 2), ...changes }, { person: 2, sender: 3 }, now);
      expect([await invite("a"), await invite("b"), await invite("c")]).toEqual([true, true, false]);
      expect(await sessions().redeem(objectId("a"), T0)).toBe("ana");
      expect(await invite("c")).toBe(false);
      expect(await sessions().invitee(objectId("c"), T0)).toBeNull();
      const ben = { personId: "ben" };
      // Whoever uses a link has shown that the address is theirs: it does not count against the sender any more.
      expect([await invite("c", ben), await invite("d", ben), await invite("e", { personId: "cy" })]).toEqual([
        true,
        true,
        false,
      ]);
      expect(await invite("e", { personId: "cy", sender: objectId("9") })).toBe(true);
      expect(await invite("0", {}, T0 + 2)).toBe(true);
    });

    it("that never left open nothing, and count no longer for their person", async () => {
      const invite = (seed: string) => sessions().invite(signIn(seed), { person: 1, sender: 9 }, T0);
      expect([await invite("a"), await invite("b")]).toEqual([true, false]);
      await sessions().withdraw(objectId("a"));
      expect([await invite("b"), await sessions().redeem(objectId("a"), T0)]).toEqual([true, null]);
      expect(await sessions().invitee(objectId("a"), T0)).toBeNull();
    });

    it("that never left still count for their sender, who may not ask a refusing mail server without end", async () => {
      const invite = (seed: string) => sessions().invite(signIn(seed), { person: 9, sender: 2 }, T0);
      for (const seed of ["a", "b"]) {
        expect(await invite(seed)).toBe(true);
        await sessions().withdraw(objectId(seed));
      }
      expect(await invite("c")).toBe(false);
    });

    it("are no more than that, even when all are asked for at one moment", async () => {
      const seeds = ["a", "b", "c", "d", "e", "0", "1", "2"];
      const stored = await Promise.all(
        seeds.map((seed) => sessions().invite(signIn(seed), { person: 3, sender: 9 }, T0)),
      );
      expect(stored.filter(Boolean)).toHaveLength(3);
    });
  });
}

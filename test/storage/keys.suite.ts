/**
 * What the stores of keys, disabled endpoints and the walk of the retention promise; and that the database can be
 * asked.
 */
import { describe, expect, it } from "vitest";
import type { StoredKey } from "../../src/storage/api-keys.ts";
import type { Storage } from "../../src/storage/storage-interface.ts";
import { aReview, aWorkflow, T0 } from "../support/builders/a-workflow.ts";
import { project } from "./rows.ts";
import { HOUR_MS } from "../../src/shared/durations.ts";

const keyId = (number: number): string => number.toString(16).padStart(20, "0");
const aKey = (number: number, change: Partial<StoredKey> = {}): StoredKey => ({
  keyId: keyId(number),
  digest: "d".repeat(64),
  name: 'Ana\'s "till" \\ ; 𝄞',
  scopes: ["trigger", "read"],
  rateClass: "standard",
  stores: null,
  createdAt: T0 + number,
  createdBy: "root",
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  ...change,
});

export function keysSuite(storage: () => Storage): void {
  const keys = () => storage().keys;

  describe("keys", () => {
    it("come back as they were made", async () => {
      const made = [
        aKey(1),
        aKey(2, { scopes: ["admin"], stores: ["north", "süd"], rateClass: "bulk", expiresAt: Number.MAX_SAFE_INTEGER }),
      ];
      for (const key of made) await keys().add(key);
      expect(await keys().get(keyId(2))).toEqual(made[1]);
      expect(await keys().get(keyId(3))).toBeNull();
      expect(await keys().list(9, null)).toEqual(made.toReversed());
      expect(await keys().list(1, keyId(2))).toEqual([made[0]]);
      await expect(keys().add(aKey(1))).rejects.toThrow();
    });

    it("are revoked once, and stay", async () => {
      await keys().add(aKey(1));
      expect(await keys().revoke(keyId(1), T0 + 5)).toBe(true);
      expect(await keys().revoke(keyId(1), T0 + 9)).toBe(true);
      expect(await keys().revoke(keyId(2), T0)).toBe(false);
      expect((await keys().get(keyId(1)))?.revokedAt).toBe(T0 + 5);
    });

    it("remember their last use, which never goes back", async () => {
      for (const number of [1, 2, 3]) await keys().add(aKey(number));
      await keys().noteUse(
        new Map([
          [keyId(1), T0 + HOUR_MS],
          [keyId(2), T0],
          ["nobody", T0],
        ]),
      );
      await Promise.all(
        [1, 2, 3, 4, 5, 6].map((hour) =>
          keys().noteUse(
            new Map([
              [keyId(1), T0],
              [keyId(2), T0 + hour * HOUR_MS],
            ]),
          ),
        ),
      );
      await keys().noteUse(new Map());
      expect((await keys().list(9, null)).map(({ lastUsedAt }) => lastUsedAt)).toEqual([
        null,
        T0 + 6 * HOUR_MS,
        T0 + HOUR_MS,
      ]);
    });
  });

  describe("endpoints that are gone", () => {
    it("are known until somebody enables them", async () => {
      const url = "https://example.com/hook?a='%00\"";
      expect(await storage().endpoints.has(url)).toBe(false);
      await Promise.all([storage().endpoints.add(url, T0), storage().endpoints.add(url, T0 + 1)]);
      expect(await storage().endpoints.has(url)).toBe(true);
      await storage().endpoints.remove(url);
      expect(await storage().endpoints.has(url)).toBe(false);
    });
  });

  describe("retention", () => {
    it("walks the log in steps, names what is finished and too old, and comes round again", async () => {
      const old = { review: null, status: "completed", createdAt: T0 } as const;
      await project(storage(), [
        aWorkflow({ id: "a", ...old }),
        aWorkflow({ id: "b", ...old, status: "awaiting_human_review", review: aReview() }),
        aWorkflow({ id: "c", ...old, createdAt: T0 + 10 }),
        aWorkflow({ id: "d", ...old, status: "superseded" }),
        aWorkflow({ id: "e", ...old, status: "running" }),
      ]);
      const { retention } = storage();
      expect(await retention.look(T0 + 10, 2)).toEqual({ aged: [{ workflowId: "a" }], next: "b" });
      await retention.remove(["a"], "b");
      expect(await retention.look(T0 + 10, 2)).toEqual({ aged: [{ workflowId: "d" }], next: "d" });
      await retention.remove([], "d");
      expect(await retention.look(T0 + 10, 2)).toEqual({ aged: [], next: "" });
      await retention.remove([], "");
      expect(await retention.look(T0 + 10, 9)).toEqual({ aged: [{ workflowId: "d" }], next: "" });
      expect((await storage().trails.page("", 9, null)).map(({ id }) => id)).toEqual(["b", "c", "d", "e"]);
    });
  });

  it("can be asked whether it is there", async () => {
    await expect(storage().ping()).resolves.toBeUndefined();
  });
}

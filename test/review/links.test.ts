import { describe, expect, it } from "vitest";
import { assert, asyncProperty, integer, string } from "fast-check";
import { signLink, verifyLink, type LinkClaims } from "../../src/review/links.ts";
import { T0 } from "../support/builders/a-workflow.ts";

const claims: LinkClaims = {
  purpose: "decide",
  workflowId: `${"ab".repeat(32)}-7`,
  revision: 2,
  recipient: "ana@example.com",
  expiresAt: T0,
};
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ";

describe("a review link", () => {
  it("says again exactly what was signed", async () => {
    const token = await signLink(claims, ["secret"]);
    expect(await verifyLink(token, ["secret"], T0 - 1)).toEqual({ ok: true, claims, expired: false });
  });

  it("survives a rotation of the secret, and ends with its own secret", async () => {
    const token = await signLink(claims, ["old"]);
    expect((await verifyLink(token, ["new", "old"], T0 - 1)).ok).toBe(true);
    expect((await verifyLink(token, ["new"], T0 - 1)).ok).toBe(false);
  });

  it("is signed by the first of two secrets", async () => {
    const token = await signLink(claims, ["new", "old"]);
    expect((await verifyLink(token, ["new"], T0 - 1)).ok).toBe(true);
  });

  it("is expired from its very moment on, and stays readable", async () => {
    const token = await signLink(claims, ["secret"]);
    expect(await verifyLink(token, ["secret"], T0)).toMatchObject({ ok: true, expired: true });
  });

  it("carries any recipient unharmed, and no two claims share a token", async () => {
    await assert(
      asyncProperty(
        string({ unit: "binary", maxLength: 60 }),
        integer({ min: 1, max: 1e6 }),
        async (recipient, revision) => {
          const mine = { ...claims, recipient, revision };
          const token = await signLink(mine, ["secret"]);
          expect(await verifyLink(token, ["secret"], 0)).toEqual({ ok: true, claims: mine, expired: false });
          expect(await signLink({ ...mine, revision: revision + 1 }, ["secret"])).not.toBe(token);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("is refused after each of 500 tamperings: changed, cut, doubled, swapped, re-encoded", async () => {
    const token = await signLink(claims, ["secret"]);
    const other = await signLink({ ...claims, recipient: "eve@example.com", expiresAt: T0 + 1e9 }, ["secret"]);
    const [keyId, payload, signature] = token.split(".") as [string, string, string];
    const [, otherPayload, otherSignature] = other.split(".") as [string, string, string];
    const payloadOf = (text: string): string => Buffer.from(text).toString("base64url");
    const otherRevision = ["decide", claims.workflowId, 3, claims.recipient, claims.expiresAt];
    const otherPurpose = ["look", claims.workflowId, 2, claims.recipient, claims.expiresAt];
    const forged = [
      `${keyId}.${otherPayload}.${signature}`,
      `${keyId}.${payload}.${otherSignature}`,
      `${keyId}.${payloadOf(JSON.stringify(otherRevision))}.${signature}`,
      `${keyId}.${payloadOf(JSON.stringify(otherPurpose))}.${signature}`,
      `${keyId}.${payload}`,
      `${keyId}.${payload}.`,
      `${keyId}..${signature}`,
      `.${payload}.${signature}`,
      `${token}.`,
      `${token}.x`,
      token.toUpperCase(),
      token.toLowerCase(),
      ` ${token}`,
      `${token}=`,
      `${token}==`,
      encodeURIComponent(token) + "%00",
      `${payload}.${keyId}.${signature}`,
      "",
      ".",
      "..",
      "null",
      "x".repeat(5_000),
    ];
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    while (forged.length < 500) {
      const at = random(token.length);
      const letter = ALPHABET[random(ALPHABET.length)]!;
      const change = random(4);
      const tampered =
        change === 0
          ? token.slice(0, at) + letter + token.slice(at + 1)
          : change === 1
            ? token.slice(0, at) + token.slice(at + 1)
            : change === 2
              ? token.slice(0, at) + letter + token.slice(at)
              : token.slice(0, Math.max(1, at));
      if (tampered !== token) forged.push(tampered);
    }
    const accepted: string[] = [];
    for (const candidate of forged) if ((await verifyLink(candidate, ["secret"], 0)).ok) accepted.push(candidate);
    expect(forged).toHaveLength(500);
    expect(accepted).toEqual([]);
  });

  it("has one spelling: the unused bits of its last character cannot be changed", async () => {
    const token = await signLink(claims, ["secret"]);
    const last = token.at(-1)!;
    const spellings = Array.from(ALPHABET.slice(0, 64))
      .filter((letter) => letter !== last)
      .map((letter) => token.slice(0, -1) + letter);
    for (const spelling of spellings) expect((await verifyLink(spelling, ["secret"], 0)).ok, spelling).toBe(false);
  });
});

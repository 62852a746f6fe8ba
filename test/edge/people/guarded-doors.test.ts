/** Who may only look, or is too late, or is not listed, changes nothing. */
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.ts";
import { ROUTES } from "../../../src/http/routes/index.ts";
import { signLink, type LinkClaims } from "../../../src/review/links.ts";
import { useSettings } from "../support/settings.ts";
import { HOUR_MS, read, ROOT_KEY, trigger, useWorld } from "../support/world.ts";

useWorld();
const set = useSettings();

const ORIGIN = "http://localhost:8787";
const LINK_SECRET = "test-link-secret-0123456789abcdefg";

async function askedId(): Promise<string> {
  return (await trigger()).body.workflow_id;
}

function linkTo(workflowId: string, changes: Partial<LinkClaims> = {}): Promise<string> {
  const claims = { purpose: "decide", workflowId, revision: 1, recipient: "ana@example.com" } as const;
  return signLink({ ...claims, expiresAt: Date.now() + HOUR_MS, ...changes }, [LINK_SECRET]);
}

function post(path: string, body: BodyInit, headers: Record<string, string>, settings: object = {}): Promise<Response> {
  const request = new Request(`${ORIGIN}${path}`, { method: "POST", body, headers });
  return Promise.resolve(createApp(ROUTES).fetch(request, { ...env, ...settings }, createExecutionContext()));
}

async function click(token: string): Promise<number> {
  const fields = new URLSearchParams({ decision: "approve", revision: "1" });
  const ours = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };
  return (await post(`/review/${token}`, fields, ours)).status;
}

async function putOff(workflowId: string, reviewers: string): Promise<number> {
  const headers = { Authorization: `Bearer ${ROOT_KEY}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ seconds: 600, reviewer: "ana@example.com" });
  return (await post(`/reviews/${workflowId}/extend`, body, headers, { REVIEWERS: reviewers })).status;
}

describe("a link", () => {
  it("that decides is clicked and decides", async () => {
    const id = await askedId();
    expect(await click(await linkTo(id))).toBe(200);
    expect((await read(id)).status).toBe("completed");
  });

  it.each([
    ["that is only for looking", { purpose: "look" }, 403],
    ["that has ended", { expiresAt: 0 }, 409],
  ] as const)("%s decides nothing", async (_name, changes, status) => {
    const id = await askedId();
    expect(await click(await linkTo(id, changes))).toBe(status);
    expect((await read(id)).status).toBe("awaiting_human_review");
  });
});

describe("a deadline", () => {
  it("is put off by who is listed, and by nobody else, whatever they call themselves", async () => {
    await set({ review: { extensionMs: HOUR_MS } });
    const id = await askedId();
    const { expires_at } = (await read(id)).review;
    expect(await putOff(id, "ana@example.com")).toBe(403);
    expect((await read(id)).review.expires_at).toBe(expires_at);
    expect(await putOff(id, "root key")).toBe(200);
    expect(Date.parse((await read(id)).review.expires_at)).toBe(Date.parse(expires_at) + 600_000);
  });
});

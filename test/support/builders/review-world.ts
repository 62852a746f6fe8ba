/** A running server with every channel switched on, and a real peer at the end of each. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startLocalServer, type LocalServer } from "../../../scripts/lib/server/local-server.ts";
import { httpMailSink, linksIn, smtpSink, type MailSink, type ReceivedMail } from "../peers/mail-sink.ts";
import { BOT_TOKEN, slackServer, type SlackServer } from "../peers/slack-server.ts";
import { WEBHOOK_SECRET, webhookReceiver, type WebhookReceiver } from "../peers/webhook-receiver.ts";
import { SIGNING_SECRET } from "../peers/slack-signed.ts";

export interface WireWorkflow {
  readonly workflow_id: string;
  readonly status: string;
  readonly revision: number;
  readonly superseded_by: string | null;
  readonly decision: {
    readonly recommended_action: string;
    readonly recommended_quantity: number;
    readonly decided_by: string;
  };
  readonly review: {
    readonly status: string;
    readonly expires_at: string;
    readonly decided_by: string | null;
    readonly channel: string | null;
  } | null;
  readonly approvals?: { readonly given: number; readonly needed: number };
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

export interface ReviewWorld {
  readonly server: LocalServer;
  /** Folder of the server's state. */
  readonly persistTo: string;
  readonly mail: MailSink;
  readonly slack: SlackServer;
  readonly webhook: WebhookReceiver;
  api<T = WireWorkflow>(method: string, path: string, body?: unknown): Promise<ApiAnswer<T>>;
  /** Posts a count that the plain rule asks about: no history, stock below half the safety stock. */
  ask(product: string, change?: Readonly<Record<string, unknown>>): Promise<WireWorkflow>;
  /** The mail that a reviewer got about a product, once it is there. */
  mailTo(recipient: string, about: string, subject?: RegExp): Promise<ReceivedMail>;
  reviewLink(recipient: string, product: string): Promise<string>;
  /** Kills the server and starts it again; `whileDown` may disturb its state. */
  restart(whileDown?: () => void): Promise<void>;
  close(): Promise<void>;
}

export const REVIEWERS = ["ana@example.com", "ben@example.com"] as const;
/** On a machine with more to do than it has cores for, what takes a moment elsewhere may take this long. */
const WAIT_MS = 90_000;

export async function reviewWorld(
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly mail?: "smtp" | "http";
    readonly slack?: "bot" | "webhook" | "off";
  } = {},
): Promise<ReviewWorld> {
  const folder = mkdtempSync(join(tmpdir(), "stockwarden-review-"));
  const [mail, slack, webhook] = await Promise.all([
    options.mail === "smtp" ? smtpSink() : httpMailSink(),
    slackServer(),
    webhookReceiver(),
  ]);
  const slackEnv = {
    bot: {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_CHANNEL: "C0REVIEWS",
      SLACK_API_URL: slack.apiUrl,
    },
    webhook: { SLACK_WEBHOOK_URL: slack.webhookUrl },
    off: {},
  }[options.slack ?? "bot"];
  const env = {
    LINK_SECRET: "a-link-secret-for-tests",
    REVIEW_EMAIL_TO: REVIEWERS.join(","),
    REVIEW_EMAIL_FROM: "Stockwarden <stock@example.com>",
    MAIL_URL: mail.url,
    WEBHOOK_URL: webhook.url,
    WEBHOOK_SECRET,
    ...slackEnv,
    ...options.env,
  };
  const persistTo = join(folder, "state");
  let server = await startLocalServer({ persistTo, env });

  const world: ReviewWorld = {
    persistTo,
    get server() {
      return server;
    },
    mail,
    slack,
    webhook,
    async api<T>(method: string, path: string, body?: unknown) {
      const response = await fetch(server.url + path, {
        method,
        headers: {
          Authorization: `Bearer ${server.key}`,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: (text === "" ? null : JSON.parse(text)) as T, headers: response.headers };
    },
    async ask(product, change = {}) {
      const answer = await world.api("POST", "/inventory-trigger", {
        product_id: product,
        store_id: "tokyo-3",
        current_stock: 3,
        safety_stock_level: 40,
        unit_cost: 3.5,
        ...change,
      });
      if (answer.status !== 202)
        throw new Error(`expected a question, got ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    mailTo: (recipient, about, subject) =>
      until(
        () =>
          mail.mails.findLast(
            (candidate) =>
              candidate.to === recipient &&
              candidate.subject.includes(about) &&
              (subject?.test(candidate.subject) ?? true),
          ),
        `a mail to ${recipient} about ${about}`,
      ),
    async reviewLink(recipient, product) {
      return linksIn(await world.mailTo(recipient, product))[0]!;
    },
    async restart(whileDown = () => undefined) {
      const { port } = server;
      await server.kill();
      whileDown();
      server = await startLocalServer({ persistTo, port, env });
    },
    async close() {
      await server.stop();
      await Promise.all([mail.close(), slack.close(), webhook.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

/** Looks again until there is something, or fails naming what did not come. */
export async function until<T>(
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  what: string,
  withinMs = WAIT_MS,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`);
    await sleep(50);
  }
}

/** Posts a review page's form the way a browser does after a click on a button. */
export function click(
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = { "Sec-Fetch-Site": "same-origin", Origin: "null" },
): Promise<Response> {
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields),
  });
}

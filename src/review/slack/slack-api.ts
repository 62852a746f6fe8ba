/** The few Web API methods we call, each bounded in time, answering a result instead of throwing. */
import { traceHeaders } from "../../shared/trace-context.ts";
import { CHANNEL_TIMEOUT_MS, resultOfStatus, resultOfThrow, type DeliveryResult } from "../channel.ts";

export type SlackMethod = "chat.postMessage" | "chat.update" | "conversations.history" | "views.open";

export type SlackAnswer =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | (Extract<DeliveryResult, { ok: false }> & { readonly code?: string });

/** No previews of our own link (a preview is a scanner), no names turned into mentions. */
export const NO_PREVIEWS = { unfurl_links: false, unfurl_media: false, link_names: false, parse: "none" } as const;

/** Temporary errors of Slack. Every other code is our error or the workspace's, which a person must fix. */
const PASSING = new Set([
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);

export async function callSlack(
  bot: { readonly token: string; readonly apiUrl: string },
  method: SlackMethod,
  body: unknown,
  timeoutMs = CHANNEL_TIMEOUT_MS,
): Promise<SlackAnswer> {
  try {
    const response = await fetch(`${bot.apiUrl}/${method}`, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        ...traceHeaders(),
        "Content-Type": "application/json; charset=utf-8",
        Authorization: `Bearer ${bot.token}`,
      },
      body: JSON.stringify(body),
    });
    const status = resultOfStatus(response, Date.now(), "Slack");
    if (!status.ok) {
      await response.body?.cancel();
      return status;
    }
    const answer: unknown = await response.json();
    if (typeof answer !== "object" || answer === null || !("ok" in answer))
      return { ok: false, retry: true, error: "Slack answered no API reply" };
    if (answer.ok === true) return { ok: true, body: answer as Record<string, unknown> };
    const code = "error" in answer ? String(answer.error) : "unknown_error";
    return { ok: false, retry: PASSING.has(code), error: `Slack: ${code}`, code };
  } catch (error) {
    const thrown = resultOfThrow(error, "Slack");
    return thrown.ok ? { ok: false, retry: true, error: "Slack" } : thrown;
  }
}

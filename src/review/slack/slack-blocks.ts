/** The two kinds of text in Slack's blocks. */
import type { MrkdwnElement } from "@slack/types";

/** `text` holds Slack's own markup; what others wrote passes `slackText` first. */
export function mrkdwn(text: string): MrkdwnElement {
  return { type: "mrkdwn", text, verbatim: true };
}

export function plain(text: string) {
  return { type: "plain_text", text, emoji: false } as const;
}

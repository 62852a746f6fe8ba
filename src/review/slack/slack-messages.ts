/** What Slack shows: the question with its buttons, the question with one link, and the outcome. */
import { chance } from "../../replenishment/words/numbers.ts";
import type { KnownBlock, MrkdwnElement } from "@slack/types";
import { sparkline, type DemandPoint } from "../chart-data.ts";
import { byWhom, type Outcome } from "../question-outcome.ts";
import { formatsOf } from "../../shared/formats.ts";
import { doubtText, headline, itemName, lastingLine, storeName, type Question } from "../question.ts";
import { coverWords, durationText, percentText } from "../wording.ts";
import { mrkdwn, plain } from "./slack-blocks.ts";
import { slackText, slackTime } from "./slack-text.ts";

export interface SlackMessage {
  /** The notification's text; also the fallback where blocks are not shown. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** How a message lets people answer: buttons (a bot), one link (an incoming webhook), or a view-only link. */
export type AnswerBy =
  | { readonly kind: "buttons"; readonly lookUrl: string }
  | { readonly kind: "link"; readonly url: string };

export const ACTIONS = {
  approve: "review_approve",
  reject: "review_reject",
  modify: "review_modify",
  look: "review_look",
} as const;
/** Slack cuts a section at 3,000 characters; ours stay far below. */
const QUOTE_MAX_LENGTH = 400;

export function askMessage(
  question: Question,
  answerBy: AnswerBy,
  now: number,
  demand: readonly DemandPoint[],
  lead: string | null = null,
): SlackMessage {
  const title = `${lead === null ? "" : `${lead}: `}${headline(question)}?`;
  const left = `(in ${durationText(question.expiresAt - now)})`;
  const formats = formatsOf(question.shownAs);
  const lasting = lastingLine(question);
  const approvals =
    question.approvals.needed > 1 ? ` · ${question.approvals.given} of ${question.approvals.needed} approvals` : "";
  return {
    text: slackText(`${title} Answer by ${formats.time(question.expiresAt)} ${left}`),
    blocks: [
      {
        type: "section",
        text: mrkdwn(
          [
            `*${slackText(title)}*`,
            ...(lasting === null ? [] : [slackText(lasting)]),
            slackText(question.rationale),
            ...(question.shownAs.name === undefined ? [] : [`_${slackText(question.productId)}_`]),
          ].join("\n"),
        ),
      },
      { type: "section", fields: factFields(question, demand) },
      {
        type: "section",
        text: mrkdwn(`*Why you are asked*\n${question.why.map((why) => `• ${slackText(why)}`).join("\n")}`),
      },
      ...quote("The language model wrote", question.modelWords),
      ...quote("Note that came with the count", question.notes),
      {
        type: "context",
        elements: [
          mrkdwn(
            `Answer by ${slackTime(question.expiresAt, formats)} ` +
              `${slackText(`${left}${approvals}. ${question.silence}`)}`,
          ),
        ],
      },
      answerBy.kind === "buttons" ? buttons(question, answerBy.lookUrl) : linkOnly(answerBy.url),
    ],
  };
}

/** Replaces the question: the buttons are gone, what was asked stays readable. */
export function outcomeMessage(question: Question, outcome: Outcome): SlackMessage {
  const by = byWhom(outcome);
  const mark = { approved: "✓", modified: "✎", rejected: "✗", expired: "⌛", superseded: "↷", decided: "✓" }[
    outcome.kind
  ];
  const line = `${mark} ${outcome.title}`;
  return {
    text: slackText(`${line} (${itemName(question)} for ${storeName(question)})`),
    blocks: [
      { type: "section", text: mrkdwn(`*${slackText(line)}*\n~${slackText(`${headline(question)}?`)}~`) },
      ...quote("Comment", outcome.comment),
      {
        type: "context",
        elements: [
          mrkdwn([slackText(by), slackTime(outcome.at, formatsOf(question.shownAs))].filter(Boolean).join(", ")),
        ],
      },
    ],
  };
}

export function reminderText(question: Question, now: number, kind: "remind" | "escalate"): string {
  const left = durationText(question.expiresAt - now);
  return slackText(
    kind === "remind"
      ? `Still open: ${headline(question)}? ${left} left. ${question.silence}`
      : `Nobody has answered yet, ${left} left: ${headline(question)}? ${question.silence}`,
  );
}

function factFields(question: Question, demand: readonly DemandPoint[]): MrkdwnElement[] {
  const { stock, confidence, shownAs } = question;
  const formats = formatsOf(shownAs);
  const { quantity: quantityText, money, date } = formats;
  const days = stock.daysOfCover === null ? "" : ` (${coverWords(stock.daysOfCover, formats)})`;
  const sparks = sparkline(demand);
  const fields: [string, string][] = [
    ["On hand", `${quantityText(stock.onHand)}${days}`],
    ["On order", quantityText(stock.onOrder)],
    ["Safety stock", quantityText(stock.safetyStock)],
    ["Confidence", `${percentText(confidence.score)}. ${confidence.words}${doubtText(question)}`],
  ];
  if (stock.backordered > 0) fields.splice(2, 0, ["Owed to customers", quantityText(stock.backordered)]);
  if (question.stockoutRiskIfHold !== null)
    fields.push(["Risk of running short if nothing is ordered", chance(question.stockoutRiskIfHold)]);
  if (question.action === "restock") {
    fields.push(["Arrives about", date(question.arrivesOn)]);
    if (question.value !== null) fields.push(["Order value", money(question.value)]);
    if (shownAs.supplier !== undefined) fields.push(["Supplier", shownAs.supplier]);
  }
  if (sparks !== "") fields.push(["Sold, last 14 days", sparks]);
  // Slack takes ten fields at most.
  return fields.slice(0, 10).map(([name, value]) => mrkdwn(`*${slackText(name)}*\n${slackText(value)}`));
}

function buttons(question: Question, lookUrl: string): KnownBlock {
  const value = questionRef(question.workflowId, question.revision);
  return {
    type: "actions",
    elements: [
      {
        type: "button",
        action_id: ACTIONS.approve,
        style: "primary",
        text: plain(
          question.action === "restock"
            ? `Order ${formatsOf(question.shownAs).quantity(question.quantity)}`
            : "Order nothing",
        ),
        value,
      },
      { type: "button", action_id: ACTIONS.modify, text: plain("Another quantity"), value },
      { type: "button", action_id: ACTIONS.reject, style: "danger", text: plain("Reject"), value },
      { type: "button", action_id: ACTIONS.look, text: plain("See the details"), url: lookUrl },
    ],
  };
}

function linkOnly(url: string): KnownBlock {
  return { type: "section", text: mrkdwn(`<${url}|Look and answer>`) };
}

function quote(from: string, words: string | null): KnownBlock[] {
  if (words === null) return [];
  return [{ type: "section", text: mrkdwn(`${slackText(from)}:\n>${slackText(words.slice(0, QUOTE_MAX_LENGTH))}`) }];
}

/** What a button carries; Slack's signature over the request covers it. */
export function questionRef(workflowId: string, revision: number): string {
  return JSON.stringify([workflowId, revision]);
}

export function parseQuestionRef(value: string): { readonly workflowId: string; readonly revision: number } | null {
  try {
    const [workflowId, revision] = JSON.parse(value) as unknown[];
    return typeof workflowId === "string" && typeof revision === "number" ? { workflowId, revision } : null;
  } catch {
    return null;
  }
}

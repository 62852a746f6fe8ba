/** Slack's dialogs: another quantity for a question, and a message in place of the dialog that was submitted. */
import type { ModalView } from "@slack/types";
import { formatsOf } from "../../shared/formats.ts";
import { headline, type Question } from "../question.ts";
import { COMMENT_MAX_LENGTH } from "../safe-text.ts";
import { mrkdwn, plain } from "./slack-blocks.ts";
import { slackText } from "./slack-text.ts";
import { capital } from "../wording.ts";

export const MODIFY_CALLBACK = "review_modify_submitted";
export const MODAL_BLOCKS = { quantity: "quantity", comment: "comment" } as const;

export function modifyModal(question: Question, metadata: string): ModalView {
  const { constraints } = question;
  const { quantity: quantityText } = formatsOf(question.shownAs);
  const hints = [
    constraints.packSize === 1 ? null : `packs of ${quantityText(constraints.packSize)}`,
    constraints.minOrderQuantity > 0 ? `at least ${quantityText(constraints.minOrderQuantity)}` : null,
    constraints.maxStock === null ? null : `stock and open orders at most ${quantityText(constraints.maxStock)}`,
  ].filter((hint) => hint !== null);
  return {
    type: "modal",
    callback_id: MODIFY_CALLBACK,
    private_metadata: metadata,
    title: plain("Another quantity"),
    submit: plain("Order this"),
    close: plain("Cancel"),
    blocks: [
      { type: "section", text: mrkdwn(`${slackText(headline(question))}?`) },
      {
        type: "input",
        block_id: MODAL_BLOCKS.quantity,
        label: plain("Quantity to order"),
        element: {
          type: "number_input",
          action_id: MODAL_BLOCKS.quantity,
          is_decimal_allowed: !Number.isInteger(constraints.packSize),
          initial_value: String(question.quantity),
          min_value: "0",
        },
        hint: plain([...hints, "0 orders nothing"].map((hint) => `${capital(hint)}.`).join(" ")),
      },
      {
        type: "input",
        block_id: MODAL_BLOCKS.comment,
        optional: true,
        label: plain("Comment"),
        element: {
          type: "plain_text_input",
          action_id: MODAL_BLOCKS.comment,
          multiline: true,
          max_length: COMMENT_MAX_LENGTH,
        },
      },
    ],
  };
}

/** A modal with only a message, which replaces the submitted one. */
export function wordModal(text: string): ModalView {
  return {
    type: "modal",
    title: plain("Stockwarden"),
    close: plain("Close"),
    blocks: [{ type: "section", text: mrkdwn(slackText(text)) }],
  };
}

/**
 * `POST /slack/actions`: what people do in Slack. The raw body's signature is checked first; a verdict is taken before
 * Slack is answered (its limit is 3 s), and messages to people follow after the answer.
 */
import { outcomeOf } from "../../review/question-outcome.ts";
import { questionOf, type Question } from "../../review/question.ts";
import { callSlack } from "../../review/slack/slack-api.ts";
import { modalMetadata, parseInteraction, type SlackInteraction } from "../../review/slack/slack-interaction.ts";
import { outcomeMessage } from "../../review/slack/slack-messages.ts";
import { MODAL_BLOCKS, modifyModal, wordModal } from "../../review/slack/slack-modal.ts";
import { isSignedBySlack } from "../../review/slack/slack-signature.ts";
import { slackText } from "../../review/slack/slack-text.ts";
import { isLoopbackUrl } from "../../config/outgoing-url.ts";
import type { Settings } from "../../config/settings.ts";
import { expiryOutcomeOf } from "../../workflow/asking/expiry-outcome.ts";
import type { Refusal } from "../../workflow/record.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { refusalOf } from "../../workflow/refusals.ts";
import { settings, type AppContext } from "../kit/context.ts";
import { objectOfWorkflow } from "../kit/item-stubs.ts";
import { readText } from "../kit/request/body.ts";
import { open } from "../kit/route.ts";
import { mayAnswer, slackReviewer, type Reviewer } from "../auth/reviewer.ts";
import { takeVerdict, type Refused, type Taken } from "../kit/verdict/verdict-door.ts";
import { refusedReply, takenReply } from "../kit/verdict/verdict-reply.ts";
import { partsOfPurchaseOrderId } from "../../workflow/orders/purchase-line.ts";
import { Problem } from "../../api/problems.ts";
import { pressedOrder } from "./order-presses.ts";

type Bot = NonNullable<NonNullable<Settings["slack"]>["bot"]>;
type Press = Extract<SlackInteraction, { kind: "button" }>;
type Submission = Extract<SlackInteraction, { kind: "modal" }>;

/** Slack sends a view of up to 250 kB at most; ours are small. */
const PAYLOAD_LIMIT = 256 * 1_024;
/** Slack wants an answer within 3 s; longer work continues after it. */
const ANSWER_WITHIN_MS = 2_200;
const TELL_TIMEOUT_MS = 5_000;
const NOT_KEPT = "This question is no longer kept.";

export const postSlackActions = open({
  method: "POST",
  path: "/slack/actions",
  docs: {
    summary: "Slack's buttons and dialogs, signed by Slack",
    group: "pages",
    body: { "application/x-www-form-urlencoded": null },
    answers: { 200: { says: "Taken", content: { "application/json": null } } },
    problems: ["unauthorized", "not_found"],
  },
  async handle(c) {
    const { slack } = settings(c);
    if (slack === null || slack.bot === null) throw new Problem("not_found", "Slack buttons are not set up.");
    const rawBody = await readText(c, PAYLOAD_LIMIT);
    if (!(await isSignedBySlack(c.req.raw.headers, rawBody, slack.bot.signingSecret, Date.now()))) {
      throw new Problem("unauthorized", "The request is not signed by Slack, or too old.");
    }
    const interaction = parseInteraction(rawBody);
    if (interaction === null) throw new Problem("malformed_request", "The payload is not one of Slack's.");
    if (interaction.kind === "nothing") return c.body(null, 200);
    const reviewer = await slackReviewer(c, interaction.user);
    if (reviewer === null || !mayAnswer(settings(c), reviewer)) return mayNot(c, interaction);
    if (interaction.kind === "modal") return submitted(c, interaction, reviewer);
    if (partsOfPurchaseOrderId(interaction.workflowId) !== null) {
      await withinLimit(
        c,
        pressedOrder(c, interaction, reviewer).then((words) => tellLater(c, interaction, words)),
      );
      return c.body(null, 200);
    }
    return interaction.button === "modify"
      ? openModal(c, slack.bot, interaction)
      : pressed(c, interaction, reviewer, interaction.button);
  },
});

function mayNot(c: AppContext, interaction: Press | Submission): Response {
  const words = "You are not on the list of people who may answer this.";
  if (interaction.kind === "modal") return c.json({ response_action: "update", view: wordModal(words) });
  tellLater(c, interaction, slackText(words));
  return c.body(null, 200);
}

async function pressed(c: AppContext, press: Press, reviewer: Reviewer, kind: "approve" | "reject"): Promise<Response> {
  const { workflowId, revision } = press;
  const verdict = { kind, quantity: null, comment: null, revision };
  const deciding = takeVerdict(c, workflowId, reviewer, verdict).then((answer) => tellOutcome(c, press, answer));
  await withinLimit(c, deciding);
  return c.body(null, 200);
}

/** The modal needs the question's numbers, and Slack's trigger id is good for 3 s. */
async function openModal(c: AppContext, bot: Bot, press: Press): Promise<Response> {
  const workflow = await objectOfWorkflow(c, press.workflowId).read(press.workflowId);
  const question = workflow === null ? null : asQuestion(c, workflow);
  if (
    workflow === null ||
    question === null ||
    outcomeOf(workflow, Date.now()) !== null ||
    workflow.revision !== press.revision
  ) {
    tellOutcome(
      c,
      press,
      workflow === null ? { kind: "unknown" } : { kind: "refused", workflow, refusal: refusalNow(workflow) },
    );
    return c.body(null, 200);
  }
  const metadata = modalMetadata(press.workflowId, press.revision, press.responseUrl);
  await withinLimit(
    c,
    callSlack(
      bot,
      "views.open",
      { trigger_id: press.triggerId, view: modifyModal(question, metadata) },
      ANSWER_WITHIN_MS,
    ),
  );
  return c.body(null, 200);
}

async function submitted(c: AppContext, submission: Submission, reviewer: Reviewer): Promise<Response> {
  const { workflowId, revision, quantity, comment } = submission;
  if (quantity === null)
    return c.json({ response_action: "errors", errors: { [MODAL_BLOCKS.quantity]: "Type a quantity." } });
  const taken = await takeVerdict(c, workflowId, reviewer, { kind: "modify", quantity, comment, revision });
  if (taken.kind === "refused" && taken.refusal.reason === "quantity_not_allowed") {
    return c.json({
      response_action: "errors",
      errors: { [MODAL_BLOCKS.quantity]: refusedReply(taken, Date.now()).text },
    });
  }
  if (taken.kind === "may_not") return mayNot(c, submission);
  if (taken.kind !== "taken") {
    const words = taken.kind === "unknown" ? NOT_KEPT : wordsOf(taken);
    return c.json({ response_action: "update", view: wordModal(words) });
  }
  tellOutcome(c, submission, taken);
  return c.body(null, 200);
}

/** The pressed message at once shows what became of it; the outbox edits it too, should this call be lost. */
function tellOutcome(c: AppContext, press: { responseUrl: string | null }, taken: Taken): void {
  if (taken.kind === "unknown" || taken.kind === "may_not") return tellLater(c, press, NOT_KEPT);
  const { workflow } = taken;
  const question = asQuestion(c, workflow);
  const outcome = outcomeOf(workflow, Date.now());
  if (question !== null && outcome !== null)
    later(c, press.responseUrl, { replace_original: true, ...outcomeMessage(question, outcome) });
  if (taken.kind === "refused") tellLater(c, press, slackText(wordsOf(taken)));
  else if (outcome === null) tellLater(c, press, slackText(takenReply(workflow).text));
}

/** A message that only the person who pressed sees; sent once, although Slack may repeat its call. */
function tellLater(c: AppContext, { responseUrl }: { responseUrl: string | null }, text: string): void {
  if (c.req.header("X-Slack-Retry-Num") !== undefined) return;
  later(c, responseUrl, { response_type: "ephemeral", replace_original: false, text });
}

function later(c: AppContext, responseUrl: string | null, body: unknown): void {
  if (responseUrl === null || !isSlackUrl(responseUrl, settings(c))) return;
  c.executionCtx.waitUntil(
    fetch(responseUrl, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(TELL_TIMEOUT_MS),
      headers: { "Content-Type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
    }).then(
      (response) => response.body?.cancel(),
      // Only a courtesy: the verdict is taken and the outbox edits the message.
      () => undefined,
    ),
  );
}

/** Response URLs come in a signed request; even so, only Slack's own hosts are called. */
function isSlackUrl(url: string, { slack }: Settings): boolean {
  try {
    const { protocol, hostname, host } = new URL(url);
    if (protocol === "https:" && (hostname === "hooks.slack.com" || hostname === "hooks.slack-gov.com")) return true;
    const api = slack?.bot?.apiUrl ?? null;
    return isLoopbackUrl(api) && host === new URL(api!).host;
  } catch {
    return false;
  }
}

/** Waits as long as Slack does; the work itself continues after that. */
async function withinLimit(c: AppContext, work: Promise<unknown>): Promise<void> {
  c.executionCtx.waitUntil(work);
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ANSWER_WITHIN_MS)))]);
  clearTimeout(timer);
}

function refusalNow(workflow: Workflow): Refusal {
  return workflow.status === "awaiting_human_review" ? { reason: "revision_changed" } : refusalOf(workflow);
}

function wordsOf(refused: Refused): string {
  const { title, text } = refusedReply(refused, Date.now());
  return `${title}. ${text}`;
}

function asQuestion(c: AppContext, workflow: Workflow): Question | null {
  return questionOf(workflow, expiryOutcomeOf(workflow, settings(c).review));
}

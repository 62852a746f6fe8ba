/**
 * Gathers the content of a store's morning mail and sends it: one mail for each reviewer, with links in their own name.
 */
import type { Settings } from "../../config/settings.ts";
import { expiryOutcomeOf } from "../../workflow/asking/expiry-outcome.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { orderDocument } from "../../purchasing/order/order-document.ts";
import { OPEN, type PurchaseOrder } from "../../purchasing/order/types.ts";
import { senderLine } from "../../review/mail/sender-line.ts";
import { messageIdOf, threadIdOf } from "../../review/mail/mail-ids.ts";
import type { Mailer } from "../../review/mail/mailer.ts";
import { morningMail, type MorningLine } from "../../review/mail/morning-mail.tsx";
import { questionOf } from "../../review/question.ts";
import { recipientsOf, type Recipient } from "../../review/asking/recipients.ts";
import { linkExpiry, orderUrl, reviewUrl, signingSecrets } from "../../review/review-url.ts";
import { singleLine } from "../../review/safe-text.ts";
import { concurrently } from "../../shared/concurrently.ts";
import { formatsOf } from "../../shared/formats.ts";
import type { Storage } from "../../storage/storage-interface.ts";
import { storeDay } from "../../world/opening.ts";
import type { StoreWorld } from "../../world/types.ts";
import type { RunRecord } from "./run.ts";
import { DAY_MS } from "../../shared/durations.ts";

/** Lines of each kind that a mail lists; the inbox has them all. */
const MOST_LISTED = 40;
const MOST_COUNTED = 1_000;
const READ_AT_ONCE = 10;
const TEXT_MAX_LENGTH = 160;

export interface LetterDeps {
  readonly settings: Settings;
  readonly storage: Pick<Storage, "queue" | "workflows" | "purchases" | "inputs">;
  readonly mailer: Mailer;
  readonly now: () => number;
}

export interface Waiting {
  readonly questions: readonly { readonly workflow: Workflow; readonly name: string | null }[];
  readonly orders: readonly PurchaseOrder[];
  /** Questions in all. */
  readonly total: number;
  /** Ids of all of them. */
  readonly ids: ReadonlySet<string>;
}

export async function whatWaits({ storage, now }: LetterDeps, storeId: string): Promise<Waiting> {
  const filter = { store: storeId, search: "", stores: null };
  const [listed, orders] = await Promise.all([
    storage.queue.reviews("pending", filter, null, MOST_COUNTED, now()),
    storage.purchases.list(
      {
        statuses: [...OPEN],
        storeId,
        stores: null,
        supplierId: null,
        // Before the next morning's mail.
        dueBy: now() + DAY_MS,
      },
      null,
      MOST_LISTED,
    ),
  ]);
  const questions = await concurrently(
    listed.slice(0, MOST_LISTED),
    READ_AT_ONCE,
    async ({ workflowId, productId }) => {
      const [workflow, item] = await Promise.all([
        storage.workflows.get(workflowId),
        storage.inputs.item({ storeId, productId }),
      ]);
      return { workflow, name: item?.terms?.name ?? null };
    },
  );
  return {
    questions: questions.flatMap(({ workflow, name }) => (workflow === null ? [] : [{ workflow, name }])),
    orders: orders.filter(({ lines, orderBy }) => lines.length > 0 && orderBy > now()),
    total: listed.length,
    ids: new Set(listed.map(({ workflowId }) => workflowId)),
  };
}

/** Sends the mail to everybody not in `done`, who already have it; returns the recipients that could not be reached. */
export async function sendLetters(
  deps: LetterDeps,
  run: RunRecord,
  world: StoreWorld,
  waiting: Waiting,
  done: readonly string[],
): Promise<{ readonly done: readonly string[]; readonly failed: readonly string[] }> {
  const { settings } = deps;
  if (settings.email === null || waiting.total + waiting.orders.length === 0) return { done, failed: [] };
  const recipients = recipientsOf(world, settings.email.to, deps.now()).filter(
    ({ address }) => !done.includes(address),
  );
  const results = await concurrently(recipients, READ_AT_ONCE, async (recipient) => ({
    recipient,
    ok: await sendOne(deps, run, world, waiting, recipient),
  }));
  return {
    done: [...done, ...results.filter(({ ok }) => ok).map(({ recipient }) => recipient.address)],
    failed: results.filter(({ ok }) => !ok).map(({ recipient }) => recipient.address),
  };
}

interface Letter {
  readonly settings: Settings;
  readonly world: StoreWorld;
  readonly recipient: Recipient;
  /** Of its links. */
  readonly origin: string;
}

async function sendOne(
  { settings, mailer }: LetterDeps,
  run: RunRecord,
  world: StoreWorld,
  { questions, orders, total }: Waiting,
  recipient: Recipient,
): Promise<boolean> {
  const { store } = world;
  const origin = settings.publicUrl ?? questions[0]?.workflow.origin ?? orders[0]!.origin;
  const letter = { settings, world, recipient, origin };
  const asked = await Promise.all(questions.map((waiting) => questionLine(letter, waiting)));
  const placed = await Promise.all(orders.map((order) => orderLine(letter, order)));
  const key = `${run.runId}/morning/${recipient.address}`;
  const result = await mailer.send({
    from: senderLine(settings.email!.from),
    to: recipient.address,
    ...morningMail({
      store: singleLine(store?.name ?? run.storeId, TEXT_MAX_LENGTH),
      day: formatsOf(store ?? {}).date(storeDay(run.startedAt, store)),
      questions: asked.filter((line) => line !== null),
      orders: placed,
      more: total - questions.length,
      inboxUrl: `${origin}/inbox`,
    }),
    key,
    messageId: messageIdOf(key, origin),
    threadId: threadIdOf(run.storeId, "morning", origin),
  });
  return result.ok;
}

/** Null where nobody is asked any more. */
async function questionLine(
  { settings, recipient, origin }: Letter,
  { workflow, name }: Waiting["questions"][number],
): Promise<MorningLine | null> {
  const question = questionOf(workflow, expiryOutcomeOf(workflow, settings.review));
  if (question === null) return null;
  // The question's own formats: its value is in the supplier's money.
  const formats = formatsOf(question.shownAs);
  const what = singleLine(name ?? question.productId, TEXT_MAX_LENGTH);
  const link = {
    purpose: "decide",
    workflowId: workflow.id,
    revision: workflow.revision,
    recipient: recipient.person ?? recipient.address,
    expiresAt: linkExpiry(question.expiresAt, settings),
  } as const;
  return {
    title:
      question.action === "restock"
        ? `Order ${formats.quantity(question.quantity)} of ${what}?`
        : `Order nothing of ${what}?`,
    detail: [
      ...(question.value === null ? [] : [formats.money(question.value)]),
      `answer by ${formats.time(question.expiresAt)}`,
      question.why[0] ?? "",
    ].join(" · "),
    url: await reviewUrl(origin, link, signingSecrets(settings)),
  };
}

async function orderLine({ settings, world, recipient, origin }: Letter, order: PurchaseOrder): Promise<MorningLine> {
  const supplier = world.suppliers.find(({ supplierId }) => supplierId === order.supplierId) ?? null;
  const { formats, lines, value, arrivesOn, ...document } = orderDocument(order, { store: world.store, supplier });
  const url = await orderUrl(origin, order, recipient.person ?? recipient.address, signingSecrets(settings));
  return {
    title: `Order from ${singleLine(document.supplier, TEXT_MAX_LENGTH)}: ${formats.money(value)}`,
    detail:
      `${lines.length} ${lines.length === 1 ? "line" : "lines"} · closes ${formats.time(order.orderBy)} · arrives ` +
      formats.date(arrivesOn),
    url,
  };
}

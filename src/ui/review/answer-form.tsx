/**
 * The form that answers a question. Its first submit button shows a typed quantity and decides nothing, because Enter
 * in a field presses the first button. A verdict is the name and value of the clicked button, which no `form.submit()`
 * sends.
 */
import { formatsOf } from "../../shared/formats.ts";
import type { Question } from "../../review/question.ts";
import { capital } from "../../review/wording.ts";

export interface AnswerForm {
  /** Where the form posts to. */
  readonly action: string;
  readonly csrf: string | null;
  /** What was typed; shown again when the answer was refused. */
  readonly quantity: string;
  /** The typed text as a number, where it differs from the quantity asked. */
  readonly tried: number | null;
  readonly comment: string;
  readonly quantityError: string | null;
  /** How far the deadline can still be extended, ms; 0 hides the button. */
  readonly extendMs: number;
  /** Who is answering. */
  readonly as: string;
  /** What this reader may order at most; null = they have no limit. */
  readonly limit: AnswerLimit | null;
  /** What this reader has approved, where somebody else has to as well; null = nothing. */
  readonly approved: number | null;
}

export interface AnswerLimit {
  /** The largest quantity within it that packs, minimum and maximum allow. */
  readonly most: number;
  /** What the button would order is beyond it: why, without the full stop; null = it is within. */
  readonly whyNot: string | null;
}

export function Answer({ question, form }: { question: Question; form: AnswerForm }) {
  const { constraints } = question;
  const { quantity: quantityText, locale, decimal, group } = formatsOf(question.shownAs);
  const rules = [
    constraints.packSize === 1 ? null : `packs of ${quantityText(constraints.packSize)}`,
    constraints.minOrderQuantity > 0 ? `at least ${quantityText(constraints.minOrderQuantity)}` : null,
    constraints.maxStock === null
      ? null
      : `stock and open orders together at most ${quantityText(constraints.maxStock)}`,
  ].filter((rule) => rule !== null);
  return (
    <section class="card" aria-labelledby="answer-title">
      <h2 id="answer-title">Your answer</h2>
      <form
        id="answer"
        method="post"
        action={form.action}
        data-asked={String(question.quantity)}
        data-locale={locale}
        data-decimal={decimal}
        data-group={group}
        data-most={form.limit?.most}
      >
        <input type="hidden" name="revision" value={String(question.revision)} />
        {form.csrf === null ? null : <input type="hidden" name="csrf" value={form.csrf} />}
        {/* Above the field: below it, the keyboard and the bar of a phone cover it. */}
        <p class="error" id="quantity-error" role="alert">
          {form.quantityError ?? ""}
        </p>
        <div class="with-button">
          <label for="quantity">
            Quantity
            <input
              id="quantity"
              name="quantity"
              inputmode="decimal"
              autocomplete="off"
              value={form.quantity}
              aria-describedby="quantity-rules quantity-error"
              aria-invalid={form.quantityError === null ? "false" : "true"}
              autofocus={form.quantityError !== null}
            />
          </label>
          <button class="plain" type="submit" name="decision" value="preview">
            Show in chart
          </button>
        </div>
        <p class="small soft" id="quantity-rules">
          {rules.length === 0 ? "Any whole quantity." : `${capital(rules.join(", "))}.`} The button below orders what is
          typed here; to order nothing, reject.
        </p>
        <label for="comment">
          <span>
            Comment <span class="small soft">(optional, kept with the decision)</span>
          </span>
          <textarea id="comment" name="comment" maxlength={500}>
            {form.comment}
          </textarea>
        </label>
        {form.extendMs > 0 ? (
          <p>
            <button class="linklike" type="submit" name="decision" value="extend">
              Need more time? Put the deadline off
            </button>
          </p>
        ) : null}
        <p class="small soft">
          You answer as {form.as}. Your answer is recorded.
          {form.approved === null
            ? ""
            : ` You have approved ${quantityText(form.approved)}: somebody else has to as well. You can still change ` +
              "it, or reject."}
        </p>
      </form>
    </section>
  );
}

/**
 * Last in the page, so that neither of its buttons is the one that Enter presses. The big one says what the field says.
 */
export function AnswerBar({ question, form }: { question: Question; form: AnswerForm }) {
  const { tried, quantityError, approved, limit } = form;
  const { quantity, typed } = formatsOf(question.shownAs);
  const verb = approved === question.quantity ? "You approved" : "Approve";
  const approve = question.action === "restock" ? `${verb} ${quantity(question.quantity)}` : `${verb}: order nothing`;
  const isOther = tried !== null && tried > 0;
  return (
    <div class="answer" id="answer-bar" role="group" aria-labelledby="asked">
      {limit?.whyNot == null ? null : (
        <p class="small">
          {limit.whyNot}:{" "}
          {limit.most > 0 ? <a href={`?quantity=${typed(limit.most)}`}>order {quantity(limit.most)} at most</a> : null}
          {limit.most > 0 ? ", " : null}reject, or leave it to a colleague.
        </p>
      )}
      <input type="hidden" name="read_as" form="answer" value={isOther ? String(tried) : ""} />
      <button
        class="primary"
        type="submit"
        form="answer"
        name="decision"
        value={isOther ? "modify" : "approve"}
        data-approve={approve}
        disabled={quantityError !== null || limit?.whyNot != null}
      >
        {isOther ? `Order ${quantity(tried)}` : approve}
      </button>
      <a class="button plain" href="#quantity" aria-label="Change the quantity">
        Change
      </a>
      <button class="danger" type="submit" form="answer" name="decision" value="reject">
        Reject
      </button>
    </div>
  );
}

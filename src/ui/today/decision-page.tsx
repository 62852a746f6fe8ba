/** One decision, whoever made it: the number, the sum behind it, and its story step by step. */
import { formatsOf } from "../../shared/formats.ts";
import { itemName, storeName } from "../../review/question.ts";
import type { OrderSum } from "../../review/order-sum.ts";
import { percentText, proseOf, unbroken, capital } from "../../review/wording.ts";
import type { Workflow } from "../../workflow/types/workflow.ts";
import { Layout, type LayoutProps } from "../page-layout.tsx";
import { SumTable, Time } from "../page-parts.tsx";
import { itemHref, questionHref } from "../page-paths.ts";

/** A step of its story. */
export interface StoryLine {
  readonly what: string;
  readonly detail: string | null;
  readonly actor: string | null;
  /** Epoch ms; null where only the order is known. */
  readonly at: number | null;
}

export interface DecisionPageProps {
  readonly workflow: Workflow;
  readonly sum: OrderSum | null;
  readonly steps: readonly StoryLine[];
  readonly now: number;
  readonly session: NonNullable<LayoutProps["session"]>;
}

export function DecisionPage({ workflow, sum, steps, now, session }: DecisionPageProps) {
  const formats = formatsOf(workflow.shownAs ?? {});
  const { decision } = workflow;
  const quantity = decision?.quantity ?? 0;
  const waits = workflow.status === "awaiting_human_review";
  const what = quantity > 0 ? `Order ${formats.quantity(quantity)}` : "Order nothing";
  const title =
    workflow.status === "expired" && quantity <= 0 ? "Expired, nothing ordered" : `${what}${waits ? "?" : ""}`;
  const isOver = workflow.status === "completed";
  return (
    <Layout title={`${title}: ${itemName(workflow)}`} session={session}>
      <section class="card" aria-labelledby="decision">
        <p class="where">
          <a href={itemHref(workflow)}>{itemName(workflow)}</a> · {storeName(workflow)} ·{" "}
          <Time at={workflow.createdAt} formats={formats} now={now} />
        </p>
        <h1 id="decision">{title}</h1>
        {decision === null ? null : (
          <>
            {isOver ? <p>{percentText(decision.confidence)} confident.</p> : null}
            <p>{unbroken(proseOf(decision.rationale, formats))}</p>
            {sum === null ? null : (
              <SumTable
                title={`Why ${formats.quantity(workflow.recommendation?.quantity ?? quantity)}`}
                sum={sum}
                isTop
              />
            )}
            <details>
              <summary>What the number rests on</summary>
              <ul>
                {decision.reasons.map((reason) => (
                  <li>{unbroken(proseOf(reason, formats))}</li>
                ))}
              </ul>
            </details>
          </>
        )}
        {workflow.review === null ? null : (
          <p>
            <a class={waits ? "button primary" : ""} href={questionHref(workflow.id)}>
              {waits ? "Answer the question" : "The question and its answer"}
            </a>
          </p>
        )}
      </section>
      <section class="card" aria-labelledby="story">
        <h2 id="story">What happened</h2>
        <ol class="lines">
          {steps.map((step) => (
            <li>
              <span>
                {capital(step.what)}
                {step.detail === null ? null : <span class="id">{step.detail}</span>}
              </span>
              <span class="soft small">
                {[step.actor, step.at === null ? null : formats.time(step.at, now)]
                  .filter((part) => part !== null)
                  .join(", ")}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </Layout>
  );
}

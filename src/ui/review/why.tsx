/** Why a person is asked, and what the number rests on. */
import { chance } from "../../replenishment/words/numbers.ts";
import { formatsOf } from "../../shared/formats.ts";
import type { Question } from "../../review/question.ts";
import { SumTable } from "../page-parts.tsx";

export function Why({ question, isOpen }: { question: Question; isOpen: boolean }) {
  return (
    <section class="card" aria-labelledby="why">
      <h2 id="why">{isOpen ? "Why you are asked" : "Why it was asked"}</h2>
      <ul>
        {question.why.map((why) => (
          <li>{why}</li>
        ))}
      </ul>
      {question.stockoutRiskIfHold === null || !isOpen ? null : (
        <p>
          If nothing is ordered, the chance of running short before another order could help is{" "}
          <strong>{chance(question.stockoutRiskIfHold)}</strong>
          {question.inStockProbability === null || question.action === "hold"
            ? ""
            : `; with this order the chance of staying in stock is ${chance(question.inStockProbability)}`}
          .
        </p>
      )}
      {question.sum === null ? null : (
        <SumTable title={`Why ${formatsOf(question.shownAs).quantity(question.quantity)}`} sum={question.sum} />
      )}
      {question.numbers.length === 0 ? null : (
        <details>
          <summary>What the number rests on</summary>
          <ul>
            {question.numbers.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </details>
      )}
      {question.modelWords === null ? null : (
        <div>
          <p class="small soft">The language model wrote (its words, not checked facts):</p>
          <blockquote>{question.modelWords}</blockquote>
        </div>
      )}
      {question.notes === null ? null : (
        <div>
          <p class="small soft">Note that came with the count:</p>
          <blockquote>{question.notes}</blockquote>
        </div>
      )}
    </section>
  );
}

/** What was decided before on this item, newest first: a table on a wide screen, scrollable on a narrow one. */
import { percentText, quantityText, dayText } from "../review/wording.ts";

export interface EarlierDecision {
  readonly at: number;
  readonly action: "restock" | "hold";
  readonly quantity: number;
  readonly confidence: number;
  readonly onHand: number;
  /** `plan`, `approved by ana@example.com`, `expired` … */
  readonly how: string;
}

export function EarlierDecisions({ decisions, label }: { decisions: readonly EarlierDecision[]; label: string }) {
  if (decisions.length === 0) return <p class="soft">None yet: this is the first question about this item.</p>;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col" class="n">
              On hand
            </th>
            <th scope="col">Decision</th>
            <th scope="col" class="n">
              Confidence
            </th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((decision) => (
            <tr>
              <td>{dayText(decision.at)}</td>
              <td class="n">{quantityText(decision.onHand)}</td>
              <td>{decision.action === "restock" ? `order ${quantityText(decision.quantity)}` : "hold"}</td>
              <td class="n">{percentText(decision.confidence)}</td>
              <td>{decision.how}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

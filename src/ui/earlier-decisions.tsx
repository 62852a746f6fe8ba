/** What was decided before on this item, newest first: a table on a wide screen, cards on a narrow one. */
import type { Formats } from "../shared/formats.ts";
import { percentText } from "../review/wording.ts";
import { NumberHead } from "./number-head.tsx";

export interface EarlierDecision {
  readonly at: number;
  /** Units; 0 = nothing was ordered. */
  readonly ordered: number;
  /** The confidence of the decision or question; null where there is none, as when nobody answered. */
  readonly confidence: number | null;
  readonly onHand: number;
  /** `plan`, `approved by ana@example.com` … */
  readonly how: string;
  /** Nobody answered. */
  readonly isExpired: boolean;
  /** Its story; null where this reader may not open it. */
  readonly href: string | null;
}

interface Props {
  readonly decisions: readonly EarlierDecision[];
  readonly label: string;
  readonly formats: Formats;
  readonly now: number;
}

export function EarlierDecisions({ decisions, label, formats, now }: Props) {
  if (decisions.length === 0) return <p class="soft">None yet.</p>;
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">When</th>
            <NumberHead>On hand</NumberHead>
            <th scope="col">Decision</th>
            <NumberHead>Confidence</NumberHead>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((decision) => (
            <tr>
              <td class="nowrap">
                {decision.href === null ? (
                  formats.time(decision.at, now)
                ) : (
                  <a href={decision.href}>{formats.time(decision.at, now)}</a>
                )}
              </td>
              <td class="n" data-label="On hand">
                {formats.quantity(decision.onHand)}
              </td>
              <td data-label="Decision">{decisionText(decision, formats)}</td>
              <td class="n" data-label="Confidence">
                {decision.confidence === null ? "–" : percentText(decision.confidence)}
              </td>
              <td data-label="By">{decision.how}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function decisionText({ ordered, isExpired }: EarlierDecision, { quantity }: Formats): string {
  const what = ordered > 0 ? `order ${quantity(ordered)}` : "nothing ordered";
  return isExpired ? `expired, ${what}` : ordered > 0 ? what : "hold";
}

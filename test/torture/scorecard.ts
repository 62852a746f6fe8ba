/** What a campaign found, as text. */
import { formatTable } from "../../scripts/lib/command/table.ts";
import type { Sent } from "./scenario.ts";

export interface Scorecard {
  readonly seed: number;
  readonly rounds: ReadonlyMap<string, number>;
  readonly seconds: number;
  readonly workflows: number;
  readonly kills: number;
  readonly outages: number;
  readonly refusedMessages: number;
  readonly sent: readonly Sent[];
  readonly received: { readonly events: number; readonly mails: number; readonly messages: number };
  /** Deliveries made at the first attempt, at the second and so on. */
  readonly attempts: readonly number[];
  readonly faults: readonly string[];
}

const MOST_SHOWN = 40;

export function scorecardText(card: Scorecard): string {
  const total = [...card.rounds.values()].reduce((sum, count) => sum + count, 0);
  const count = (what: Sent["result"]): number => card.sent.filter(({ result }) => result === what).length;
  return [
    "",
    formatTable(
      [{ title: "scenario" }, { title: "rounds", align: "right" }],
      [...card.rounds].map(([name, rounds]) => [name, String(rounds)]),
    ),
    "",
    `seed ${card.seed}: ${total} rounds, ${card.workflows} workflows in ${card.seconds} s`,
    `${card.kills} kills (SIGKILL), ${card.outages} times without a database, ${card.refusedMessages} messages ` +
      "refused by receivers",
    `${card.sent.length} verdicts: ${count("taken")} taken or repeated, ${count("refused")} refused, ` +
      `${count("unknown")} pressed in Slack, ${count("lost")} lost in a crash`,
    `${card.received.events} webhook events, ${card.received.mails} mails, ${card.received.messages} Slack messages; ` +
      "deliveries made at attempt " +
      card.attempts.map((made, at) => `${at + 1}: ${made}`).join(", "),
    card.faults.length === 0
      ? `no faults: 0 of ${total}, 95 % bound 3/${total} = ${((3 / total) * 100).toPrecision(2)} % of rounds`
      : `${card.faults.length} FAULTS:`,
    ...card.faults.slice(0, MOST_SHOWN).map((fault) => `  ${fault}`),
  ].join("\n");
}

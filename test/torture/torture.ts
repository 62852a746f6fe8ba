/**
 * `npm run torture`: a campaign of crashes and faults (campaign.ts), or with `--mutants` the proof that it would
 * notice.
 */
import { commandFlags, countFlag } from "../../scripts/lib/command/command-flags.ts";
import { campaign } from "./campaign.ts";
import { scorecardText } from "./scorecard.ts";

const USAGE = `npm run torture [-- --rounds 1000] [--seed 1] [--kills 20] [--scenario TEXT]
      or        -- --purchases 20 [--seed 1]
      or        -- --mutants [--only TEXT]
Plays questions, answers and uploads while the server is killed and its platform fails, then checks every
receiver for lost or doubled effects.
  --rounds N    rounds to play
  --seed N      another draw of rounds
  --kills N     kills of the server, beside the last one
  --scenario TEXT  only rounds of scenarios with this in their name
  --purchases N orders with a supplier instead, each killed at three drawn moments, balanced against the mails received
  --mutants     plants faults in a copy of the repository, one by one, and says which of them nothing notices
  --only TEXT   only the mutants with this in their name, or in what must kill them`;

const flags = commandFlags(USAGE, {
  rounds: { type: "string", default: "1000" },
  seed: { type: "string", default: "1" },
  kills: { type: "string", default: "20" },
  scenario: { type: "string", default: "" },
  purchases: { type: "string" },
  mutants: { type: "boolean", default: false },
  only: { type: "string", default: "" },
});

const progress = (text: string): void =>
  void process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${text}` : `${text}\n`);

if (flags.mutants === true) {
  const { plantMutants } = await import("./mutants/mutate.ts");
  process.exitCode = plantMutants(flags.only) === 0 ? 0 : 1;
} else if (flags.purchases !== undefined) {
  const { torturePurchases } = await import("./purchases.ts");
  const score = await torturePurchases({
    rounds: countFlag("--purchases", flags.purchases),
    seed: countFlag("--seed", flags.seed),
    progress,
  });
  for (const fault of score.faults) console.log(`✗ ${fault}`);
  console.log(
    `${score.orders} orders with ${score.lines} lines sent, ${score.mails} mails received (${score.repeated} ` +
      "came again as the same mail), " +
      `${score.kills} kills, ${score.seconds} s: ${score.faults.length} lost, doubled or out of balance.`,
  );
  process.exitCode = score.faults.length === 0 ? 0 : 1;
} else {
  const card = await campaign({
    rounds: countFlag("--rounds", flags.rounds),
    seed: countFlag("--seed", flags.seed),
    kills: countFlag("--kills", flags.kills, 0),
    scenario: flags.scenario,
    progress,
  });
  console.log(scorecardText(card));
  process.exitCode = card.faults.length === 0 ? 0 : 1;
}

/**
 * `npm run torture`: a campaign of crashes and faults (campaign.ts), or with `--mutants` the proof that it would
 * notice.
 */
import { commandFlags, countFlag } from "../../scripts/lib/command/command-flags.ts";
import { campaign } from "./campaign.ts";
import { scorecardText } from "./scorecard.ts";

const USAGE = `npm run torture [-- --rounds 1000] [--seed 1] [--kills 20]
npm run torture -- --mutants [--only TEXT]
Plays questions, answers and uploads while the server is killed and its platform fails, then checks every receiver for lost or doubled effects.
  --rounds N    rounds to play
  --seed N      another draw of rounds
  --kills N     kills of the server, beside the last one
  --mutants     plants faults in a copy of the repository, one by one, and says which of them nothing notices
  --only TEXT   only the mutants with this in their name, or in what must kill them`;

const flags = commandFlags(USAGE, {
  rounds: { type: "string", default: "1000" },
  seed: { type: "string", default: "1" },
  kills: { type: "string", default: "20" },
  mutants: { type: "boolean", default: false },
  only: { type: "string", default: "" },
});

if (flags.mutants === true) {
  const { plantMutants } = await import("./mutants/mutate.ts");
  process.exitCode = plantMutants(flags.only) === 0 ? 0 : 1;
} else {
  const card = await campaign({
    rounds: countFlag("--rounds", flags.rounds),
    seed: countFlag("--seed", flags.seed),
    kills: countFlag("--kills", flags.kills, 0),
    progress: (text) => process.stdout.write(process.stdout.isTTY ? `\r\x1b[K${text}` : `${text}\n`),
  });
  console.log(scorecardText(card));
  process.exitCode = card.faults.length === 0 ? 0 : 1;
}

/** Faults that a campaign must notice at its receivers: they lose or double something when the platform fails. */
import type { Mutant } from "./mutant.ts";

const killedBy = "torture";

export const KILLED_BY_TORTURE: readonly Mutant[] = [
  {
    name: "no alarm is set with a commit",
    file: "src/item/item.ts",
    find: "    this.alarm.arm(now);\n    this.projections.start();",
    replace: "    this.projections.start();",
    killedBy,
  },
  {
    name: "no alarm is set when an object is opened",
    file: "src/item/waking/item-alarm.ts",
    find: "    this.arm();\n    this.#isCovered = false;",
    replace: "    this.#isCovered = false;",
    killedBy,
  },
  {
    name: "the alarm is deleted after each run",
    file: "src/item/waking/item-alarm.ts",
    find: "await clock.rearm(this.nextDue(), deps.now());",
    replace: "await clock.rearm(null, deps.now());",
    killedBy,
  },
  {
    name: "no transaction",
    file: "src/item/store/tables.ts",
    find: `    return this.#storage.transactionSync(() =>
      statements.reduce((rows, statement) => rows + this.#run(statement), made),
    );`,
    replace: "    return statements.reduce((rows, statement) => rows + this.#run(statement), made);",
    killedBy,
  },
  {
    name: "the revision of a verdict is ignored",
    file: "src/workflow/steps/verdict.ts",
    find: "if (verdict.revision !== workflow.revision && !(verdict.revision === null && workflow.revision === 1)) {",
    replace: "if (verdict.revision !== null && verdict.revision > workflow.revision) {",
    killedBy,
  },
  {
    name: "a second verdict decides again",
    file: "src/workflow/steps/verdict.ts",
    find: 'return workflow.status === "awaiting_human_review" && workflow.review !== null',
    replace: "return workflow.review !== null",
    killedBy,
  },
  {
    name: "an approved order is not written",
    file: "src/item/change-of.ts",
    find: "...replanned, ...(order === null ? [] : [placed(order)])],",
    replace: "...replanned],",
    killedBy,
  },
  {
    name: "a receipt counts each time it is reported",
    file: "src/item/orders/receive-goods.ts",
    find: "  if (known !== null) {\n    if (known.quantity !== call.quantity)",
    replace: "  if (known !== null && known.quantity < 0) {\n    if (known.quantity !== call.quantity)",
    killedBy,
  },
  {
    name: "an idempotency key is forgotten",
    file: "src/item/store/journal.ts",
    find: "      ...this.idempotencyKeys.write(change.idempotency),\n",
    replace: "",
    killedBy,
  },
  {
    name: "a delivery is given up at its first failure",
    file: "src/review/after-attempt.ts",
    find: 'return "park" in next',
    replace: 'return "park" in next || attempts === 1',
    killedBy,
  },
];

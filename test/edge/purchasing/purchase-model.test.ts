/**
 * Purchase orders over HTTP against a small reference model: whatever people, tills, suppliers and the clock do, in any
 * order, twice or at once, with objects closed between, order and items say the same, and what the model says.
 * Proves I16, I17 and I18.
 */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { countOf } from "../../support/counts.ts";
import { useMails } from "../support/mails.ts";
import { keyOf } from "../support/order-doors.ts";
import { useSettings } from "../support/settings.ts";
import { DAY_MS, passTime, useWorld } from "../support/world.ts";
import { compare } from "./model/compare.ts";
import { Play } from "./model/play.ts";
import { policy, steps } from "./model/steps.ts";

useWorld();
const set = useSettings();
const { mails, binding } = useMails();

const RUNS_TIMEOUT_MS = 900_000;

it(
  "orders and items agree with the model, whatever happens",
  async () => {
    const keys = { ana: await keyOf("ana"), ben: await keyOf("ben") };
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(policy, steps, async (policy, steps) => {
        // Each run has a store, suppliers and days of its own.
        passTime(3 * DAY_MS);
        await set({
          binding,
          email: { to: ["reviewers@example.com"], from: "shop@example.com", mailUrl: null },
          review: { fourEyes: policy.fourEyes, approvalsRequiredAbove: policy.twoAbove },
        });
        const play = new Play(++runs, policy, keys);
        await play.open();
        try {
          for (const step of steps) if (await play.play(step)) await compare(play);
          const toSuppliers = mails.filter(({ to }) => [to].flat().some((address) => play.isSuppliers(address)));
          const mailed = toSuppliers.map(({ subject }) => /PO-[\w-]+/.exec(subject)?.[0]);
          expect(mailed.toSorted()).toEqual(play.numbers().toSorted());
        } catch (cause) {
          throw new Error(`${play.log.join("\n")}\n${(cause as Error).message}`, { cause });
        }
      }),
      { numRuns: countOf(40) },
    );
  },
  RUNS_TIMEOUT_MS,
);

/**
 * The same six steps on Restate: a virtual object per item, each step journaled by `ctx.run`, the last workflow kept as
 * the object's state. Argument: port.
 */
import * as restate from "@restatedev/restate-sdk";
import type { Workflow } from "../../src/workflow/types/workflow.ts";
import { act, answerOf, assess, forecast, reason, review, validate } from "../workload/peer-steps.ts";

const [port] = process.argv.slice(2);

const item = restate.object({
  name: "item",
  handlers: {
    trigger: async (ctx: restate.ObjectContext, body: unknown) => {
      const seq = ((await ctx.get<number>("seq")) ?? 0) + 1;
      const now = await ctx.date.now();
      const received = await ctx.run("validate", () => validate({ id: `${ctx.key}-${seq}`, seq, body, now }));
      await ctx.run("forecast", () => forecast(received));
      const { workflow, assessment } = await ctx.run("assess", () => assess(received, now));
      const reasoned = await ctx.run("reason", () => reason(workflow));
      const reviewed = await ctx.run("review", () => review(reasoned, assessment, now));
      const decided = await ctx.run("act", () => act(reviewed));
      ctx.set("seq", seq);
      ctx.set("last", decided);
      return answerOf(decided);
    },
    last: restate.handlers.object.shared(async (ctx: restate.ObjectSharedContext) => {
      const last = await ctx.get<Workflow>("last");
      return last === null ? null : answerOf(last);
    }),
  },
});

await restate.serve({ services: [item], port: Number(port) });
process.send?.("ready");
process.on("disconnect", () => process.exit(0));

/** The plan by itself in workerd: `/3?plans=1000` makes a thousand plans of the fourth case, `?plans=0` none. */
import type { PlanInput } from "../../src/replenishment/types.ts";
import { planInTurn, SPEED_CASES } from "./speed-cases.ts";

const inputs = new Map<number, readonly PlanInput[]>();

export default {
  fetch(request: Request): Response {
    const url = new URL(request.url);
    const index = Number(url.pathname.slice(1));
    const { kept, inputs: make } = SPEED_CASES[index]!;
    let chosen = inputs.get(index);
    if (chosen === undefined) inputs.set(index, (chosen = make()));
    planInTurn(chosen, kept, Number(url.searchParams.get("plans")));
    return new Response("");
  },
};

/**
 * The InventoryBench game (Baek, Fu, Ma & Peng, arXiv 2602.12631): order, receive, sell, pay for what is left.
 * A policy sees demand so far, stock, and every order outstanding, lost ones included.
 */

export interface Instance {
  readonly id: string;
  /** The item's description in its data set. */
  readonly description: string;
  /** Date of the first played period as the data set writes it; null where it has no dates. */
  readonly startDate: string | null;
  readonly promised: number;
  readonly profit: number;
  readonly holding: number;
  readonly train: readonly number[];
  readonly demand: readonly number[];
  /** Lead time of an order placed in each period; Infinity = lost. */
  readonly leadTime: readonly number[];
  readonly published: Readonly<Record<string, number>>;
}

export interface View {
  readonly instance: Instance;
  /** Demand so far, training periods included. */
  readonly history: readonly number[];
  readonly onHand: number;
  readonly open: readonly { readonly quantity: number; readonly age: number }[];
  /** Lead times of the orders that have arrived. */
  readonly observed: readonly number[];
}

export type Policy = (view: View) => number;

export function parseInstances(text: string): Instance[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const raw = JSON.parse(line);
      return {
        id: raw.id,
        description: raw.desc ?? "",
        startDate: raw.start_date ?? null,
        promised: raw.promised_lead_time,
        profit: raw.profit,
        holding: raw.holding,
        train: raw.train,
        demand: raw.demand,
        leadTime: raw.lead_time.map((lead: number | string) =>
          typeof lead === "number" ? lead : Number.POSITIVE_INFINITY,
        ),
        published: raw.published,
      };
    });
}

/** Total reward over profit x total demand; negative for a policy that loses money. */
export function play(instance: Instance, policy: Policy): number {
  const game = turns(instance);
  let turn = game.next();
  while (!turn.done) turn = game.next(policy(turn.value));
  return turn.value;
}

/**
 * The same game turn by turn, for a player that must be waited for: shows a view, takes an order, ends with the reward.
 */
export function* turns(instance: Instance): Generator<View, number, number> {
  const history = [...instance.train];
  const observed: number[] = [];
  let open: { quantity: number; age: number; lead: number }[] = [];
  let onHand = 0;
  let reward = 0;
  for (const [period, demand] of instance.demand.entries()) {
    const quantity = yield { instance, history, onHand, open, observed };
    if (quantity > 0) open.push({ quantity, age: 0, lead: instance.leadTime[period] ?? Number.POSITIVE_INFINITY });
    for (const order of open) {
      if (order.age < order.lead) continue;
      onHand += order.quantity;
      observed.push(order.age);
    }
    open = open.filter((order) => order.age < order.lead);
    for (const order of open) order.age++;
    const sold = Math.min(demand, onHand);
    onHand -= sold;
    reward += instance.profit * sold - instance.holding * onHand;
    history.push(demand);
  }
  return reward / (instance.profit * instance.demand.reduce((sum, demand) => sum + demand, 0));
}

/** A policy's score of an instance: losses count as nothing. */
export function scoreOf(instance: Instance, policy: Policy): number {
  return Math.max(0, play(instance, policy));
}

export interface InstanceName {
  readonly family: "real" | "synthetic";
  readonly leadSet: string;
  /** Pattern of a synthetic series, "real" of a real one. */
  readonly pattern: string;
}

export function nameOf({ id }: Instance): InstanceName {
  const [family = "", leadSet = "", pattern = ""] = id.split("/");
  const synthetic = family.startsWith("synthetic");
  return {
    family: synthetic ? "synthetic" : "real",
    leadSet: leadSet.replace("lead_time_", "L "),
    pattern: synthetic ? pattern : "real",
  };
}

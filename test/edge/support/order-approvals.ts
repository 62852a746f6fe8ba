/** Purchase orders that ask for approval: the people, their mails, and how one of them approves on each channel. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { act, clickLink, clickPage, keyOf, press, SLACK } from "./order-doors.ts";
import { useMails } from "./mails.ts";
import { anItem, aSupplier, counted, orderOf, orderWith, purchaseStub } from "./purchasing.ts";
import { useSettings } from "./settings.ts";
import { signInAs } from "./sign-in.ts";
import { HOUR_MS, passTime, useWorld } from "./world.ts";

export const ANA = { name: "Ana", email: "ana@example.com", slack_user: "U0ANA", may: ["review", "order"] };
export const BEN = { name: "Ben", email: "ben@example.com", slack_user: "U0BEN", may: ["review", "order"] };

/** How Ana approves what an order shows; null where the channel does not say how it ended. */
export interface ApprovalChannel {
  readonly channel: RegExp;
  readonly approve: (order: any) => Promise<number | null>;
}

export async function anOrder(supplier: Record<string, unknown> = {}): Promise<any> {
  await aSupplier(supplier);
  await anItem("milk");
  await counted("milk", 3);
  return orderWith("milk");
}

export async function ring(poId: string): Promise<void> {
  await runDurableObjectAlarm(purchaseStub(poId));
}

/** Asked at 09:00, two hours before the cut-off, as the alarm does it. */
export async function anAskedOrder(supplier: Record<string, unknown> = {}): Promise<any> {
  const order = await anOrder(supplier);
  passTime(3 * HOUR_MS);
  await ring(order.po_id);
  return orderOf(order.po_id);
}

export function eventsOf({ audit }: any): string[] {
  return audit.map(({ event }: any) => event);
}

export function useApprovals() {
  useWorld();
  const set = useSettings();
  const { mails, binding } = useMails();
  /** The settings with which Ana is asked by mail. */
  const asksByMail = { binding, email: { to: [ANA.email], from: "shop@example.com", mailUrl: null } };

  /** The link of the newest mail to somebody. */
  function linkTo(address: string): string {
    const text = mails.findLast(({ to }) => to === address)?.text ?? "";
    return /http:\/\/localhost:8787(\/order-link\/\S+)/.exec(text)![1]!;
  }

  const channels: Readonly<Record<string, ApprovalChannel>> = {
    "the API": {
      channel: /^api key:/,
      approve: async (order) => (await act(order, "approve", await keyOf("ana"))).status,
    },
    "a mailed link": {
      channel: /^link person:ana$/,
      approve: async ({ revision }) => (await clickLink(linkTo(ANA.email), revision)).status,
    },
    "a button in Slack": {
      channel: /^slack person:ana$/,
      approve: async (order) => {
        await set(SLACK);
        await press(order, "U0ANA");
        await set({ slack: null });
        return null;
      },
    },
    "the order's page": {
      channel: /^inbox person:ana$/,
      approve: async (order) => (await clickPage(await signInAs("ana"), order)).status,
    },
  };
  return { set, mails, asksByMail, linkTo, channels };
}

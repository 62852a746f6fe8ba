/** The answer to the first use of a receipt's reference, stored for a repetition of the call. */
import * as z from "zod";

const RECEIPT_SCHEMA = 1;

const StoredReceiptAnswer = z.object({
  schema: z.literal(RECEIPT_SCHEMA),
  received: z.number(),
  applied: z.number(),
  closed: z.array(z.object({ workflowId: z.string(), quantity: z.number() })),
});

export interface ReceiptAnswer {
  readonly received: number;
  /** Units that closed open orders, oldest first; the rest was not on order here. */
  readonly applied: number;
  readonly closed: readonly { readonly workflowId: string; readonly quantity: number }[];
  readonly replayed: boolean;
}

export function receiptText({ received, applied, closed }: Omit<ReceiptAnswer, "replayed">): string {
  return JSON.stringify({ schema: RECEIPT_SCHEMA, received, applied, closed });
}

/** The answer to a repetition. */
export function replayedReceipt(text: string): ReceiptAnswer {
  const { received, applied, closed } = StoredReceiptAnswer.parse(JSON.parse(text));
  return { received, applied, closed, replayed: true };
}

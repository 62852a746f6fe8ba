/**
 * What a model costs and how it wants to be asked. The one table of prices; `OPENAI_PRICES` overrides and adds.
 *
 * List prices of the vendor's standard tier, USD per million tokens, as published in spring 2026. They change: a price
 * that matters belongs in the setting.
 */

export interface Price {
  /** USD per million tokens read. */
  readonly input: number;
  /** USD per million tokens written, hidden reasoning included. */
  readonly output: number;
}

/** Reads notes in many languages, answers in a second or two, and costs less than a tenth of a cent a decision. */
export const DEFAULT_MODEL = "gpt-5.4-nano";

/** The model's part of a name like `model#prompt`; see `variant.ts`. */
export function modelNamed(name: string | null, usual: string = DEFAULT_MODEL): string {
  return (name ?? "").split("#", 1)[0]!.trim() || usual;
}

const PRICES: Readonly<Record<string, Price>> = {
  "gpt-5.4": { input: 2.5, output: 15 },
  "gpt-5.4-mini": { input: 0.75, output: 4.5 },
  "gpt-5.4-nano": { input: 0.2, output: 1.25 },
  "gpt-5.1": { input: 1.25, output: 10 },
  "gpt-5": { input: 1.25, output: 10 },
  "gpt-5-mini": { input: 0.25, output: 2 },
  "gpt-5-nano": { input: 0.05, output: 0.4 },
  "gpt-4.1": { input: 2, output: 8 },
  "gpt-4.1-mini": { input: 0.4, output: 1.6 },
  "gpt-4.1-nano": { input: 0.1, output: 0.4 },
  "gpt-4o": { input: 2.5, output: 10 },
  "gpt-4o-mini": { input: 0.15, output: 0.6 },
};

const FREE: Price = { input: 0, output: 0 };
const DEAREST: Price = Object.values(PRICES).reduce((dearest, price) =>
  price.output > dearest.output ? price : dearest,
);
const TOKENS_PER_PRICE = 1_000_000;
/** `gpt-5.4-mini-2026-03-17` costs what `gpt-5.4-mini` costs. */
const SNAPSHOT_DATE = /-\d{4}-\d{2}-\d{2}$/;

/**
 * A model without a price in the table is free when it runs keyless on the user's own server; elsewhere it counts as
 * the most expensive known one, so that a spend cap still holds.
 */
export function priceOf(model: string, overrides: Readonly<Record<string, Price>>, keyless: boolean): Price {
  const known = (name: string) => overrides[name] ?? PRICES[name];
  return known(model) ?? known(model.replace(SNAPSHOT_DATE, "")) ?? (keyless ? FREE : DEAREST);
}

/** USD. */
export function costOf(price: Price, tokensIn: number, tokensOut: number): number {
  return (tokensIn * price.input + tokensOut * price.output) / TOKENS_PER_PRICE;
}

/**
 * Reasoning models of the vendor refuse a temperature; everywhere else 0 keeps the same question near the same answer.
 */
export function wantsTemperature(model: string): boolean {
  return !/^(o\d|gpt-[5-9])/.test(model);
}

/** NDJSON in, NDJSON out: an answer is written as soon as its line is in, and a bad line never ends the run. */
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { once } from "node:events";

/** Calls `answer` with each parsed line; what it throws becomes `{ id, error }` in that line's place. */
export async function answerLines(
  input: Readable,
  output: Writable,
  answer: (value: unknown) => object,
  idOf: (value: unknown) => unknown,
): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    // A byte order mark counts as white space.
    const text = line.trim();
    if (text === "") continue;
    if (!output.write(`${JSON.stringify(answerTo(text, answer, idOf))}\n`)) await once(output, "drain");
  }
}

function answerTo(text: string, answer: (value: unknown) => object, idOf: (value: unknown) => unknown): object {
  let value: unknown = null;
  try {
    value = JSON.parse(text);
  } catch {
    return { id: null, error: "not JSON" };
  }
  try {
    return answer(value);
  } catch (error) {
    return { id: idOf(value) ?? null, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Files made in a test, read in small slices so that a slice ends anywhere. */
import { readFile } from "../../src/reader/read-file.ts";
import type { FileSource, ReaderOptions, Reading, ReadResult } from "../../src/reader/types.ts";

export const TODAY = "2026-11-29";

export function sourceOf(content: string | Uint8Array, { name = "file.csv", slice = 61 } = {}): FileSource {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.length,
    async *slices() {
      for (let at = 0; at < bytes.length; at += slice) yield bytes.subarray(at, at + slice);
    },
  };
}

export function readAll(content: string | Uint8Array, options: Partial<ReaderOptions> = {}): Promise<ReadResult[]> {
  return readFile(sourceOf(content, { slice: typeof content === "string" ? 61 : 4_096 }), { today: TODAY, ...options });
}

export async function readOne(content: string | Uint8Array, options: Partial<ReaderOptions> = {}): Promise<ReadResult> {
  const results = await readAll(content, options);
  if (results.length !== 1) throw new Error(`expected one reading, found ${results.length}`);
  return results[0]!;
}

export async function reading(content: string | Uint8Array, options: Partial<ReaderOptions> = {}): Promise<Reading> {
  return (await readOne(content, options)).reading;
}

/** Product, day and units of every sale, in order; the store in front where the file names one. */
export function salesOf({ content }: ReadResult): string[] {
  return (content.sales?.items ?? [])
    .flatMap(({ product, store, units }) =>
      [...units].map(([day, sold]) => `${store === null ? "" : `${store}/`}${product} ${isoOf(day)} ${sold}`),
    )
    .sort();
}

function isoOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** A shop system's export: every cell in quotation marks, and a column that a row does not name is empty. */
export function exported(header: string, rows: readonly Readonly<Record<string, string | number>>[]): string {
  const names = header.split(",");
  const lines = rows.map((row) => names.map((name) => `"${String(row[name] ?? "").replaceAll('"', '""')}"`).join(","));
  return `${[header, ...lines].join("\n")}\n`;
}

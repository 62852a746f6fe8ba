/**
 * The XML parts of a workbook, unpacked while the file is read, up to a limit: a small file can unpack to gigabytes.
 */
import { Unzip, UnzipInflate } from "fflate";
import { ReadProblem, type FileSource } from "../types.ts";

/** Of all parts together. */
const MOST_UNPACKED_BYTES = 64 * 1_024 * 1_024;

declare const TextDecoder: new (encoding: string) => { decode(bytes: Uint8Array): string };

/** Parts by path, such as `xl/workbook.xml`. Throws a ReadProblem. */
export async function unzipXml(source: FileSource): Promise<ReadonlyMap<string, string>> {
  const parts = new Map<string, Uint8Array[]>();
  let unpacked = 0;
  let open = 0;
  let problem: ReadProblem | null = null;
  const unzip = new Unzip((file) => {
    if (
      !/^\/?xl\/.*\.(?:xml|rels)$/iu.test(file.name) ||
      /\/(?:media|theme|drawings|printerSettings)\//iu.test(file.name)
    )
      return;
    const chunks: Uint8Array[] = [];
    parts.set(file.name.replace(/^\//u, ""), chunks);
    open++;
    file.ondata = (error, chunk, isLast) => {
      if (isLast) open--;
      if (error !== null) problem ??= damaged();
      if (problem !== null) return;
      unpacked += chunk.length;
      if (unpacked > MOST_UNPACKED_BYTES) {
        problem = new ReadProblem(
          "the workbook unpacks to more than 64 MiB. Export the sheet as CSV, which has no limit.",
        );
        file.terminate();
      } else chunks.push(chunk);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const slice of source.slices()) {
      unzip.push(slice, false);
      if (problem !== null) throw problem as ReadProblem;
    }
    unzip.push(new Uint8Array(), true);
  } catch (error) {
    throw error instanceof ReadProblem ? error : damaged();
  }
  if (problem !== null) throw problem as ReadProblem;
  if (open > 0) throw damaged();
  const decoder = new TextDecoder("utf-8");
  return new Map([...parts].map(([name, chunks]) => [name, decoder.decode(joined(chunks))]));
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function damaged(): ReadProblem {
  return new ReadProblem(
    "the workbook is damaged or protected by a password. Open it, save it again as .xlsx, and send that.",
  );
}

/**
 * The functions of fflate that write-excel-file imports. `wrangler.toml` puts them in fflate's place, since the
 * platform deflates by itself: 5 kB less of an upload that every isolate compiles.
 *
 * Archives of a few small parts with names in ASCII. All are dated 1980-01-01, the format's first day, so that equal
 * workbooks are equal files.
 */
import { Buffer } from "node:buffer";
import { crc32, deflateRawSync } from "node:zlib";

/** By path. */
type Files = Readonly<Record<string, Uint8Array>>;

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** What a reader must know: version 2.0, deflated. */
const VERSION = 20;
const DEFLATED = 8;
const FIRST_DAY = 0x0021;

export function zip(files: Files, done: (error: null, archive: Uint8Array) => void): void {
  done(null, zipSync(files));
}

export function zipSync(files: Files): Uint8Array {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(content);
    // Version, flags, method, time, day, checksum, both sizes, lengths of the name and of nothing more.
    const about = Buffer.concat([
      shorts(VERSION, 0, DEFLATED, 0, FIRST_DAY),
      longs(crc32(content), packed.length, content.length),
      shorts(name.length, 0),
    ]);
    directory.push(longs(CENTRAL_HEADER), shorts(VERSION), about, shorts(0, 0, 0), longs(0, offset), name);
    const entry = Buffer.concat([longs(LOCAL_HEADER), about, name, packed]);
    entries.push(entry);
    offset += entry.length;
  }
  const listed = Buffer.concat(directory);
  const count = entries.length;
  const end = [longs(END_OF_DIRECTORY), shorts(0, 0, count, count), longs(listed.length, offset), shorts(0)];
  const archive = Buffer.concat([...entries, listed, ...end]);
  // The writer takes the whole buffer below it.
  return new Uint8Array(archive);
}

export function strToU8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function shorts(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 2);
  for (const [index, number] of numbers.entries()) bytes.writeUInt16LE(number, index * 2);
  return bytes;
}

function longs(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, index * 4);
  return bytes;
}

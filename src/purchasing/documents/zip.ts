/** A ZIP archive of a few small files, deflated. */
import { Buffer } from "node:buffer";
import { crc32, deflateRawSync } from "node:zlib";

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION_WITH_DEFLATE = 20;
const NAMES_ARE_UTF8 = 0x0800;
const DEFLATED = 8;
/** 1980-01-01, the first date of the format: the same content is the same bytes. */
const FIRST_DATE = 0x21;

export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const bytes = Buffer.from(text);
    const packed = deflateRawSync(bytes);
    const facts = factsOf(name, bytes, packed);
    entries.push(uint32(LOCAL_HEADER), facts, name, packed);
    // No comment, first disk, no attributes.
    directory.push(
      uint32(DIRECTORY_ENTRY),
      uint16(VERSION_WITH_DEFLATE),
      facts,
      Buffer.alloc(10),
      uint32(offset),
      name,
    );
    offset += 4 + facts.length + name.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const count = uint16(Object.keys(files).length);
  const end = [uint32(END_OF_DIRECTORY), Buffer.alloc(4), count, count, uint32(list.length), uint32(offset), uint16(0)];
  return new Uint8Array(Buffer.concat([...entries, list, ...end]));
}

/** What an entry and its row in the directory say alike. */
function factsOf(name: Buffer, bytes: Buffer, packed: Buffer): Buffer {
  return Buffer.concat([
    uint16(VERSION_WITH_DEFLATE, NAMES_ARE_UTF8, DEFLATED, 0, FIRST_DATE),
    uint32(crc32(bytes), packed.length, bytes.length),
    uint16(name.length, 0),
  ]);
}

function uint16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, at) => bytes.writeUInt16LE(value, 2 * at));
  return bytes;
}

function uint32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, at) => bytes.writeUInt32LE(value, 4 * at));
  return bytes;
}

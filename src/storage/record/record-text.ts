/**
 * The text that a record is stored as: JSON, deflated against a dictionary of what most records share, as base64.
 * Names, nulls and sentences that every decision repeats cost some bits each: a plain hold of 3 kB takes some 600
 * characters.
 *
 * The text is JSON in any case, since both databases check that: an object as older releases stored it, or a string
 * whose first letter names the dictionary. Text, because the calls between objects and the copies between databases
 * take it as it is.
 */
import { Buffer } from "node:buffer";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { DICTIONARY_A } from "./record-dictionary.ts";

const BEGIN_A = '"A';
/** An id is a hash and an ordinal. */
const ROOM_FOR_IDS = 256;
/**
 * A window of 8 kB spans the dictionary and what a record has of it; small tables are quickly made, and making them is
 * a third of the work. Level 3 takes three quarters of level 6's time for 4 % more characters.
 */
const OPTIONS = { level: 3, windowBits: 13, memLevel: 4 };

/** @param id of the record: every reader of the text knows it, so the text need not hold it. */
export function packRecord(json: string, id: string): string {
  return `${BEGIN_A}${deflateRawSync(json, { ...OPTIONS, dictionary: dictionaryOf(id) }).toString("base64")}"`;
}

/** The JSON. Throws for the text of a newer release, and for that of another record. */
export function unpackRecord(text: string, id: string): string {
  if (text.startsWith("{")) return text;
  if (!text.startsWith(BEGIN_A)) throw new Error(`a record that begins with ${text.slice(0, 2)} cannot be read`);
  return inflateRawSync(Buffer.from(text.slice(BEGIN_A.length, -1), "base64"), {
    dictionary: dictionaryOf(id),
  }).toString();
}

/** Encoded once: encoding it takes half as long as packing a record with it. */
let kept: Buffer | null = null;

/** Good until the next call. */
function dictionaryOf(id: string): Buffer {
  const length = DICTIONARY_A.length + Buffer.byteLength(id);
  const bytes = kept !== null && kept.length >= length ? kept : withRoom(length + ROOM_FOR_IDS);
  kept = bytes;
  bytes.write(id, DICTIONARY_A.length);
  return bytes.subarray(0, length);
}

function withRoom(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.write(DICTIONARY_A, "latin1");
  return bytes;
}

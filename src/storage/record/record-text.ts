/**
 * The text that a record is stored as. It is JSON in any case, since both databases check that, and text, because the
 * calls between objects and the copies between databases take it as it is. Its beginning says how it was made:
 *
 * - `["B",` what the record has that the usual one has not (`record-difference.ts`): a plain hold of 3 kB takes some
 *   600 characters, for a quarter of what deflating it costs. Outside its item, the last hash of its audit follows.
 * - `"A` the record's JSON, deflated against a dictionary of what most records share, as base64. For records that are
 *   far from the usual one: a question with its messages, a model's advice.
 * - `{` the record as older releases stored it.
 */
import { Buffer } from "node:buffer";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { differenceFrom, rebuiltFrom, templateOf, type Template } from "./record-difference.ts";
import { DICTIONARY_A } from "./record-dictionary.ts";
import { TEMPLATE_B } from "./record-template.ts";

const BEGIN_A = '"A';
const BEGIN_B = '["B",';
/** Above this a row of the decision log would be long enough to need a page of its own. */
const MOST_CHARACTERS_B = 800;
/** With its comma and quotation marks. */
const ROOM_FOR_HASH = 67;
/** An id is a hash and an ordinal. */
const ROOM_FOR_IDS = 256;
/**
 * A window of 8 kB spans the dictionary and what a record has of it; small tables are quickly made, and making them is
 * a third of the work. Level 3 takes three quarters of level 6's time for 4 % more characters.
 */
const OPTIONS = { level: 3, windowBits: 13, memLevel: 4 };

/** The parts of a record that others of its parts repeat. */
interface Repeated {
  readonly createdAt?: unknown;
  readonly decision?: { readonly rationale?: unknown; readonly reasons?: readonly unknown[] } | null;
}

/** @param id of the record: every reader of the text knows it, so the text need not hold it. */
export function packRecord(record: Repeated, id: string): string {
  return differenceWithin(MOST_CHARACTERS_B, record, id) ?? deflated(JSON.stringify(record), id);
}

/** A record without hashes as a text with room for its last one; null = it is too far from the usual record. */
export function packWithoutHash(record: Repeated, id: string): string | null {
  return differenceWithin(MOST_CHARACTERS_B - ROOM_FOR_HASH, record, id);
}

/** @param record as `packWithoutHash` made it. */
export function withLastHash(record: string, hash: string): string {
  return `${record.slice(0, -1)},"${hash}"]`;
}

function differenceWithin(most: number, record: Repeated, id: string): string | null {
  const at = record.createdAt ?? null;
  const reason = record.decision?.reasons?.[0];
  const difference = JSON.stringify(["B", at, differenceFrom(template(), record, { id, at, reason })]);
  return difference.length <= most ? difference : null;
}

/** Throws for the text of a newer release, and for that of another record. */
export function unpackRecord(text: string, id: string): unknown {
  if (text.startsWith(BEGIN_B)) return undiffered(text, id);
  if (text.startsWith("{")) return JSON.parse(text);
  if (!text.startsWith(BEGIN_A)) throw new Error(`a record that begins with ${text.slice(0, 2)} cannot be read`);
  const packed = Buffer.from(text.slice(BEGIN_A.length, -1), "base64");
  return JSON.parse(inflateRawSync(packed, { dictionary: dictionaryOf(id) }).toString());
}

let parsed: Template | null = null;

function template(): Template {
  return (parsed ??= templateOf(JSON.parse(TEMPLATE_B)));
}

/** Takes the place of the first reason until the reasons are known, which come after it. */
const FIRST_REASON = Symbol("first reason");

function undiffered(text: string, id: string): unknown {
  const [, at, difference, hash] = JSON.parse(text) as [string, unknown, unknown, string?];
  const record = rebuiltFrom(template(), difference, { id, at, reason: FIRST_REASON });
  const decision = (record as { decision?: { rationale?: unknown; reasons?: readonly unknown[] } | null }).decision;
  if (decision?.rationale === FIRST_REASON) decision.rationale = decision.reasons?.[0];
  const last = (record as { readonly audit?: readonly { hash?: string }[] }).audit?.at(-1);
  if (hash !== undefined && last !== undefined) last.hash = hash;
  return record;
}

function deflated(json: string, id: string): string {
  return `${BEGIN_A}${deflateRawSync(json, { ...OPTIONS, dictionary: dictionaryOf(id) }).toString("base64")}"`;
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

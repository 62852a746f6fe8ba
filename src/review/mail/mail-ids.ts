/**
 * Message-IDs made from a delivery's key: a mail keeps its id at every attempt, and an item has one thread for ever.
 */
import { sha256Hex } from "../../shared/sha256.ts";

const ID_CHARACTERS = 30;

export function messageIdOf(key: string, origin: string): string {
  return idOf(`mail\n${key}`, origin);
}

export function threadIdOf(storeId: string, productId: string, origin: string): string {
  return idOf(`thread\n${JSON.stringify([storeId, productId])}`, origin);
}

function idOf(text: string, origin: string): string {
  const hex = sha256Hex(text).slice(0, ID_CHARACTERS);
  const host = new URL(origin).hostname.replaceAll(/[[\]:]/g, "-");
  return `<${hex}@${host.includes(".") ? host : `${host}.stockwarden.invalid`}>`;
}

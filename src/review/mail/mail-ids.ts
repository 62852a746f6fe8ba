/** Message-IDs that say what a mail is: the same mail has the same id at every attempt, an item one thread for ever. */

const ID_BYTES = 15;

export function messageIdOf(key: string, origin: string): Promise<string> {
  return idOf(`mail\n${key}`, origin);
}

export function threadIdOf(storeId: string, productId: string, origin: string): Promise<string> {
  return idOf(`thread\n${JSON.stringify([storeId, productId])}`, origin);
}

async function idOf(text: string, origin: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const hex = Array.from(digest.slice(0, ID_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const host = new URL(origin).hostname.replaceAll(/[[\]:]/g, "-");
  return `<${hex}@${host.includes(".") ? host : `${host}.stockwarden.invalid`}>`;
}

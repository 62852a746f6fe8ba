/**
 * The keys that this isolate knows: looked up in the database, kept for a minute.
 *
 * - A revocation takes effect everywhere within 60 s: an entry's age counts from before its read.
 * - While the database is unavailable, fresh entries still work; any other key cannot be checked, which is a 503 and
 *   never a 401.
 * - Only keys that exist are kept, so made-up ones cannot push them out.
 * - A use is noted by the hour, and by a writing request only: GET and HEAD change nothing (I11). What they used is
 *   remembered here and goes along with the next request that may write.
 */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import type { Env } from "../../env.ts";
import { requireSettings } from "../../config/settings.ts";
import type { KeyStore, StoredKey } from "../../storage/api-keys.ts";
import { storageOf } from "../../storage/storage.ts";
import { KEY_BYTES, keyIdOf } from "./key-text.ts";
import { isSameSecret } from "./same-secret.ts";
import { Problem } from "../../api/problems.ts";
import { oncePerEnv } from "../../shared/once-per-env.ts";
import { HOUR_MS, MINUTE_MS } from "../../shared/durations.ts";
import { hmacKey } from "../../shared/hmac-key.ts";

const KEEP_MS = MINUTE_MS;
/** Some 500 bytes an entry: half a megabyte of the isolate's 128. */
const MOST_KEPT = 1_000;

interface Kept {
  readonly key: StoredKey;
  readonly readAt: number;
  /** Once it was proved by its digest, so that the same text is compared and not hashed again. */
  readonly text: string | null;
}

class Keyring {
  readonly store: KeyStore;
  readonly #pepper: string | null;
  #hmacKey: Promise<CryptoKey> | null = null;
  readonly #kept = new Map<string, Kept>();
  #uses = new Map<string, number>();

  constructor(store: KeyStore, pepper: string | null) {
    this.store = store;
    this.#pepper = pepper;
  }

  /**
   * The key whose text this is, if it is good now; null for a malformed, unknown, revoked or expired one alike.
   * `mayLookUp` is asked before the database.
   */
  async find(text: string, now: number, mayLookUp: () => boolean): Promise<StoredKey | null> {
    const keyId = keyIdOf(text);
    if (keyId === null) return null;
    const known = this.#fresh(keyId, now);
    if (known?.text != null && isSameSecret(text, known.text)) return isGood(known.key, now) ? known.key : null;
    const [given, key] = await Promise.all([
      this.digest(text),
      known !== null || mayLookUp() ? this.#stored(keyId, now) : Promise.resolve(null),
    ]);
    // A missing key is compared too, with a digest that no text has: timing must not reveal which ids exist.
    const expected = key === null ? Buffer.alloc(32) : Buffer.from(key.digest, "hex");
    const isSame = timingSafeEqual(Buffer.from(given, "hex"), expected);
    if (key === null || !isSame) return null;
    this.#change(keyId, { text });
    return isGood(key, now) ? key : null;
  }

  /** The key of an id, if it is good now: for a session that was opened with it. */
  async findById(keyId: string, now: number): Promise<StoredKey | null> {
    const key = await this.#stored(keyId, now);
    return key !== null && isGood(key, now) ? key : null;
  }

  async digest(text: string): Promise<string> {
    this.#hmacKey ??= hmacKey(this.#requirePepper());
    return Buffer.from(await crypto.subtle.sign("HMAC", await this.#hmacKey, bytes(text))).toString("hex");
  }

  /** For a key that must come out the same on a repeat; nobody without the pepper can compute it. */
  async bytesFor(source: readonly unknown[]): Promise<Uint8Array<ArrayBuffer>> {
    const parts = [1, 2].map((part) => this.digest(JSON.stringify(["key made once", part, ...source])));
    return new Uint8Array(Buffer.from((await Promise.all(parts)).join(""), "hex")).slice(0, KEY_BYTES);
  }

  /** After a revocation here, so that this isolate at least knows at once. */
  forget(keyId: string): void {
    this.#kept.delete(keyId);
  }

  /** Remembers a use where none of this hour is stored yet. */
  use(key: StoredKey, now: number): void {
    const hour = now - (now % HOUR_MS);
    if ((key.lastUsedAt ?? 0) < hour) this.#uses.set(key.keyId, hour);
  }

  get hasUses(): boolean {
    return this.#uses.size > 0;
  }

  /** Stores the remembered uses; one that cannot be stored now is lost, which only makes `last_used_at` coarser. */
  async noteUses(): Promise<void> {
    if (!this.hasUses) return;
    const uses = this.#uses;
    this.#uses = new Map();
    for (const [keyId, lastUsedAt] of uses) {
      const kept = this.#kept.get(keyId);
      if (kept !== undefined) this.#change(keyId, { key: { ...kept.key, lastUsedAt } });
    }
    await this.store.noteUse(uses).catch(() => undefined);
  }

  async #stored(keyId: string, now: number): Promise<StoredKey | null> {
    const known = this.#fresh(keyId, now);
    if (known !== null) return known.key;
    const key = await this.store.get(keyId).catch((cause: unknown) => {
      throw new Problem("unavailable", "Keys cannot be checked at the moment; please retry.", { cause });
    });
    this.#kept.delete(keyId);
    if (key !== null) this.#keep(key, now);
    return key;
  }

  #fresh(keyId: string, now: number): Kept | null {
    const kept = this.#kept.get(keyId);
    return kept !== undefined && now - kept.readAt < KEEP_MS ? kept : null;
  }

  /** Of an entry that may have been forgotten meanwhile. */
  #change(keyId: string, what: Partial<Kept>): void {
    const kept = this.#kept.get(keyId);
    if (kept !== undefined) this.#kept.set(keyId, { ...kept, ...what });
  }

  #keep(key: StoredKey, readAt: number): void {
    if (this.#kept.size >= MOST_KEPT) {
      const oldest = this.#kept.keys().next();
      if (oldest.done !== true) this.#kept.delete(oldest.value);
    }
    this.#kept.set(key.keyId, { key, readAt, text: null });
  }

  #requirePepper(): string {
    if (this.#pepper !== null) return this.#pepper;
    throw new Problem(
      "misconfigured",
      "KEY_PEPPER is not set, and keys other than the root key need it: set 32 random bytes and keep them.",
      {
        errors: [{ pointer: "KEY_PEPPER", message: "is not set" }],
      },
    );
  }
}

export const keyringOf: (env: Env) => Keyring = oncePerEnv(
  (env: Env) => new Keyring(storageOf(env).keys, requireSettings(env).keyPepper),
);

function isGood(key: StoredKey, now: number): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}

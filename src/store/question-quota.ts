/**
 * How many questions of one store get a message of their own. Further ones wait in the inbox and in the store's next
 * mail, so people are not flooded by a key that invents products or a rule that suddenly fires everywhere. One item's
 * next question waits some minutes after its last message, which covers an item that goes back and forth. The table is
 * made at the first question.
 */
import { GUARD_CODES, type ReviewReason } from "../workflow/review.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../shared/durations.ts";

const MOST_AN_HOUR = 60;
/** Most messages for one reason code in a day: the larger of this number and this share of the store's items. */
const MOST_OF_A_CODE = 5;
const SHARE_OF_A_CODE = 0.02;
/** Least time between messages about two questions of one item. */
const ITEM_AGAIN_MS = 10 * MINUTE_MS;
const TABLE =
  "CREATE TABLE IF NOT EXISTS question (id TEXT PRIMARY KEY, code TEXT NOT NULL, at INTEGER NOT NULL, told " +
  "INTEGER NOT NULL) STRICT, WITHOUT ROWID";

export interface Asked {
  readonly schema: 1;
  readonly storeId: string;
  /** The question as one revision: its messages to several people count once. */
  readonly question: string;
  readonly reason: ReviewReason;
}

/** True = now; false = not at all; a moment (epoch ms) = not before it. */
export type Telling = boolean | number;

export class QuestionQuota {
  readonly #storage: DurableObjectStorage;
  #isMade = false;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Whether its messages go out. `items` counts the store's items, and is called only when needed. */
  async mayTell({ question, reason }: Asked, now: number, items: () => Promise<number>): Promise<Telling> {
    if (!this.#isMade) this.#storage.sql.exec(TABLE);
    this.#isMade = true;
    const known = this.#known(question);
    if (known !== null) return known;
    const notBefore = this.#lastToldOf(itemOf(question)) + ITEM_AGAIN_MS;
    if (notBefore > now) return notBefore;
    const isGuard = GUARD_CODES.some((code) => code === reason);
    const ofCode = (): number => this.#count("code = ? AND at > ?", reason, now - DAY_MS);
    const limit =
      isGuard && ofCode() >= MOST_OF_A_CODE
        ? Math.max(MOST_OF_A_CODE, Math.floor(SHARE_OF_A_CODE * (await items())))
        : MOST_OF_A_CODE;
    // Another message of the question, or another question, may have come while the items were counted.
    const meanwhile = this.#known(question);
    if (meanwhile !== null) return meanwhile;
    const told = this.#count("at > ?", now - HOUR_MS) < MOST_AN_HOUR && (!isGuard || ofCode() < limit);
    this.#storage.sql.exec("DELETE FROM question WHERE at <= ?", now - DAY_MS);
    this.#storage.sql.exec("INSERT INTO question VALUES (?, ?, ?, ?)", question, reason, now, told ? 1 : 0);
    return told;
  }

  #lastToldOf(item: string): number {
    // '.' follows '-' in character order, so this range holds all ids that begin with the item and a hyphen.
    const query = "SELECT max(at) AS at FROM question WHERE told = 1 AND id > ? || '-' AND id < ? || '.'";
    return this.#storage.sql.exec<{ at: number | null }>(query, item, item).one().at ?? -Infinity;
  }

  #known(question: string): boolean | null {
    const [row] = this.#storage.sql
      .exec<{ told: number }>("SELECT told FROM question WHERE id = ?", question)
      .toArray();
    return row === undefined ? null : row.told === 1;
  }

  #count(where: string, ...bindings: (string | number)[]): number {
    const query = `SELECT count(*) AS n FROM question WHERE told = 1 AND ${where}`;
    return this.#storage.sql.exec<{ n: number }>(query, ...bindings).one().n;
  }
}

/** A question is named by its workflow, whose id begins with the item's object. */
function itemOf(question: string): string {
  return question.slice(0, question.lastIndexOf("-"));
}

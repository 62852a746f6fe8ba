/**
 * The people that this isolate knows, read together and kept for twenty seconds: a deletion or a change takes effect
 * everywhere within a minute. While the database is unavailable, the last known list is used for that minute, and
 * nobody after it.
 */
import type { StorageBindings } from "../../storage/bindings.ts";
import { storageOf } from "../../storage/storage.ts";
import type { FormerPerson, Person } from "../../workflow/person.ts";
import { MINUTE_MS } from "../../shared/durations.ts";
import { sha256Hex } from "../../shared/sha256.ts";

const KEEP_MS = 20_000;
/** The promise of the contract: a deleted person's links and sessions end within it. */
const LONGEST_KEPT_MS = MINUTE_MS;
/** More people than any roster of buyers; the list is read in one query. */
export const MOST_PEOPLE = 2_000;

class Roster {
  readonly #byId: ReadonlyMap<string, Person>;
  readonly #byEmail: ReadonlyMap<string, Person>;
  readonly #bySlackUser: ReadonlyMap<string, Person>;

  /** Of people who were deleted, whose links no longer work: ids, and digests of addresses and of Slack users. */
  readonly #former: ReadonlySet<string>;

  constructor(people: readonly Person[], former: readonly FormerPerson[]) {
    this.#former = new Set(
      former.flatMap(({ personId, email, slackUser }) => [personId, email, ...(slackUser === null ? [] : [slackUser])]),
    );
    this.#byId = new Map(people.map((person) => [person.personId, person]));
    this.#byEmail = new Map(people.map((person) => [person.email, person]));
    this.#bySlackUser = new Map(
      people.flatMap((person) => (person.slackUser === null ? [] : [[person.slackUser, person] as const])),
    );
  }

  /** Whether anybody is listed: without people, channels distinguish reviewers by themselves. */
  get isEmpty(): boolean {
    return this.#byId.size === 0;
  }

  get people(): readonly Person[] {
    return [...this.#byId.values()];
  }

  isFormer(nameOrAddress: string): boolean {
    const spellings = [nameOrAddress, nameOrAddress.toLowerCase()];
    return spellings.some((name) => this.#former.has(name) || this.#former.has(sha256Hex(name)));
  }

  byId(personId: string): Person | null {
    return this.#byId.get(personId) ?? null;
  }

  byEmail(address: string): Person | null {
    return this.#byEmail.get(address.toLowerCase()) ?? null;
  }

  bySlackUser(slackUser: string): Person | null {
    return this.#bySlackUser.get(slackUser) ?? null;
  }
}

interface Kept {
  readonly readAt: number;
  readonly roster: Roster;
}

const kept = new WeakMap<object, Kept>();

/** Rejects when the people cannot be read and what is known is too old. */
export async function rosterOf(env: StorageBindings): Promise<Roster> {
  const now = Date.now();
  const known = kept.get(env);
  if (known !== undefined && now - known.readAt < KEEP_MS) return known.roster;
  try {
    const { world } = storageOf(env);
    const [people, former] = await Promise.all([
      world.list("person", MOST_PEOPLE, null),
      world.list("former_person", MOST_PEOPLE, null),
    ]);
    const roster = new Roster(people, former);
    kept.set(env, { readAt: now, roster });
    return roster;
  } catch (cause) {
    if (known !== undefined && now - known.readAt < LONGEST_KEPT_MS) return known.roster;
    throw cause;
  }
}

/** After a change here, so that this isolate at least knows at once. */
export function forgetRoster(env: StorageBindings): void {
  kept.delete(env);
}

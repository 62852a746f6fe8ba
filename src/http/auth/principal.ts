/**
 * Who is asking. Only `authenticate.ts` makes one, and every guarded handler takes one: the types enforce
 * authentication.
 */
import { principalOfPerson, type Person } from "../../workflow/person.ts";
import type { RateClass, Scope } from "../../api/scopes.ts";

declare const authenticated: unique symbol;

/** A principal's facts, which alone are nobody's proof. */
export interface PrincipalFacts {
  /** Stable id of the key; `root` for the root key. Distinguishes people in reviews. */
  readonly keyId: string;
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  readonly rateClass: RateClass;
  /** The person of the roster who is signed in; absent = the holder of a key. */
  readonly person?: Person;
  /** The stores that the key is bound to; null = all. */
  readonly stores: ReadonlySet<string> | null;
}

export interface Principal extends PrincipalFacts {
  readonly [authenticated]: true;
}

/** The name that records use: one principal on every channel (I18). */
export function principalName({ person, keyId }: Pick<Principal, "person" | "keyId">): string {
  return person === undefined ? `key:${keyId}` : principalOfPerson(person.personId);
}

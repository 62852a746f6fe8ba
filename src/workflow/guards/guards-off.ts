/** Guards can be switched off by their code. */
import type { Facts } from "../facts.ts";
import type { GuardCode } from "../review.ts";

export function isOff(code: GuardCode, { policy }: Pick<Facts, "policy">): boolean {
  return policy.guardsOff?.includes(code) === true;
}

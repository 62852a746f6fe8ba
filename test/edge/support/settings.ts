/**
 * Settings and a mail binding that a test changes for itself; every other test has what it started with. The app and
 * the objects have an environment each.
 */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach } from "vitest";
import { requireSettings, type Settings } from "../../../src/config/settings.ts";
import type { EmailBinding } from "../../../src/review/mail/binding-mailer.ts";

interface Changes extends Partial<Pick<Settings, "email" | "slack">> {
  readonly review?: Partial<Settings["review"]>;
  /** What the platform's mail binding does; an object that is awake already keeps the one it had. */
  readonly binding?: EmailBinding;
}

type Bound = object & { EMAIL?: EmailBinding };

/** Call it once a file. */
export function useSettings(): (changes: Changes) => Promise<void> {
  const undo: (() => void)[] = [];
  afterEach(() => {
    for (const restore of undo.splice(0).toReversed()) restore();
  });
  return async ({ review, binding, ...changes }) => {
    for (const bound of [env as Bound, await environmentOfObjects()]) {
      const settings = requireSettings(bound);
      const before = { ...settings };
      const bindingBefore = bound.EMAIL;
      undo.push(
        () => Object.assign(settings, before),
        () => Object.assign(bound, { EMAIL: bindingBefore }),
      );
      Object.assign(settings, changes, { review: { ...settings.review, ...review } });
      if (binding !== undefined) bound.EMAIL = binding;
    }
  };
}

function environmentOfObjects(): Promise<Bound> {
  const stub = env.PURCHASE_ORDERS.getByName("settings") as DurableObjectStub;
  return runInDurableObject(stub, (object) => (object as unknown as { readonly env: Bound }).env);
}

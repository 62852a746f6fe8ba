/** A database that is slow, for every environment of this isolate: a test sees what does not wait for it. */
import { env } from "cloudflare:workers";
import { onTestFinished, vi } from "vitest";

/** Every statement waits until `letGo` is called or the test ends; `reached` resolves once one does. */
export function holdDatabase(): { readonly reached: Promise<void>; readonly letGo: () => void } {
  const { promise: open, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  onTestFinished(() => letGo());
  const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1")) as Record<string, any>;
  const database = Object.getPrototypeOf(env.DB) as Record<string, any>;
  for (const [owner, method] of [
    [statement, "first"],
    [statement, "all"],
    [statement, "run"],
    [database, "batch"],
  ] as const) {
    const original = owner[method];
    const spy = vi.spyOn(owner, method).mockImplementation(async function (this: unknown, ...given: unknown[]) {
      reach();
      await open;
      return original.apply(this, given);
    });
    onTestFinished(() => spy.mockRestore());
  }
  return { reached, letGo };
}

/** An object of asynchronous methods whose code is loaded by the first call of any of them. */
type Asynchronous<T> = { readonly [K in keyof T]: (...args: never[]) => Promise<unknown> };
type Method = (...args: unknown[]) => Promise<unknown>;

/** `load` runs with each call, since workerd does not let one request wait for another's promise. */
export function lazily<T extends Asynchronous<T>>(load: () => Promise<T>): T {
  return new Proxy({} as T, {
    get(_target, name) {
      return async (...args: unknown[]) => {
        const real: object = await load();
        return Reflect.apply(Reflect.get(real, name) as Method, real, args);
      };
    },
  });
}

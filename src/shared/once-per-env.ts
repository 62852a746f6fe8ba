/**
 * Makes a thing once for each environment. An isolate sees the same environment object at every request, so this is
 * once an isolate; the thing goes when its environment does.
 */
export function oncePerEnv<E extends object, T>(make: (env: E) => T): (env: E) => T {
  const made = new WeakMap<E, { readonly thing: T }>();
  return (env) => {
    const known = made.get(env) ?? { thing: make(env) };
    made.set(env, known);
    return known.thing;
  };
}

/**
 * Makes a value once for each environment. An isolate gets the same environment object at every request, so this means
 * once per isolate; the value is collected with its environment.
 */
export function oncePerEnv<E extends object, T>(make: (env: E) => T): (env: E) => T {
  const made = new WeakMap<E, { readonly thing: T }>();
  return (env) => {
    const known = made.get(env);
    if (known !== undefined) return known.thing;
    const thing = make(env);
    made.set(env, { thing });
    return thing;
  };
}

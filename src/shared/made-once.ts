/** Made on the first call and kept, so an isolate that never needs it does not pay for it at start-up. */
export function madeOnce<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

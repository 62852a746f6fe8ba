/** Made on the first call, and kept: what few isolates need costs the others nothing at their start. */
export function madeOnce<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

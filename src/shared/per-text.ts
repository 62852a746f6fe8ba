/** Remembers what is made of each text: the same few thousand cells occur a million times. */
export function perText<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly made: T }>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before.made;
    const made = make(text);
    known.set(text, { made });
    return made;
  };
}

/** Stored JSON with its schema version. Fields that a newer release added are kept (I12). */

/** Throws for JSON of another schema than the one that this release reads. */
export function parseStored<T extends { readonly schema: number }>(json: string, schema: T["schema"]): T {
  const value = JSON.parse(json) as T | null;
  if (value?.schema !== schema)
    throw new Error(`stored JSON of schema ${String(value?.schema)} cannot be read: this release reads ${schema}`);
  return value;
}

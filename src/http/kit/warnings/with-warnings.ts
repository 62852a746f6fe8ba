/** The answer to what was stored: as it is read afterwards, with warnings where there are any. */
export function withWarnings<T extends object>(
  stored: T,
  warnings: readonly string[],
): T & { readonly warnings?: readonly string[] } {
  return warnings.length === 0 ? stored : { ...stored, warnings };
}

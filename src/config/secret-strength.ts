/** How easily a secret is guessed, from its text alone. Pure; says in words what is wrong with a weak one. */

/**
 * 32 random hex digits carry 128 bits and measure at some 90 to 125 by the estimate below; a few letters repeated, far
 * less.
 */
const LEAST_BITS = 80;
const LEAST_CHARACTERS = 32;
/** Words of examples and defaults; none is so short that random text would hold it. */
const PLACEHOLDERS = [
  "changeme",
  "change-me",
  "change_me",
  "replace",
  "placeholder",
  "password",
  "example",
  "default",
  "insecure",
  "your-",
  "your_",
  "stockwarden",
  "12345678",
  "test-",
];

const ADVICE = "set 32 random bytes (`openssl rand -hex 32` makes them)";

/** Null when the secret is good enough for a service on the internet. */
export function weaknessOf(secret: string): string | null {
  if (secret.length < LEAST_CHARACTERS)
    return `has ${secret.length} characters of the ${LEAST_CHARACTERS} it needs: ${ADVICE}`;
  const lower = secret.toLowerCase();
  if (PLACEHOLDERS.some((word) => lower.includes(word))) return `looks like a placeholder: ${ADVICE}`;
  if (estimatedBits(secret) < LEAST_BITS) return `is too easy to guess: ${ADVICE}`;
  return null;
}

/** Shannon's estimate from the text's own letter counts; a text that repeats itself counts once. */
function estimatedBits(text: string): number {
  const once = /^(.+?)\1+$/s.exec(text)?.[1] ?? text;
  const counts = new Map<string, number>();
  for (const character of once) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count * Math.log2(count / once.length);
  return bits;
}

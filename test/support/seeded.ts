/** Random numbers in 0..1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** 120 days of eight to twelve a day. */
export function steadyDays(days = 120): number[] {
  const next = seeded(3);
  return Array.from({ length: days }, () => 8 + Math.floor(next() * 5));
}

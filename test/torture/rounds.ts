/** What the rounds of the torture do, drawn from a seed: plain data, so that a failing round can be run again. */

export const CHANNELS = ["link", "slack", "api"] as const;
export type TortureChannel = (typeof CHANNELS)[number];

export interface Attempt {
  readonly channel: TortureChannel;
  readonly person: "ana" | "ben";
  readonly kind: "approve" | "reject" | "modify";
  readonly quantity: number | null;
  /** Milliseconds after the question; attempts of one round overlap. */
  readonly afterMs: number;
  /** Sent once more right after. */
  readonly twice: boolean;
}

export interface Round {
  readonly number: number;
  readonly product: string;
  readonly attempts: readonly Attempt[];
  /** Nobody answers in time; the attempts come when it is too late. */
  readonly expires: boolean;
  /** The server is killed while the attempts are under way. */
  readonly crash: boolean;
}

const SPREAD_MS = 120;
const EXPIRE_SHARE = 0.06;
const LATE_SHARE = 0.3;
const TWICE_SHARE = 0.25;

export function drawRounds(count: number, seed: number, crashes: number): Round[] {
  const random = generator(seed);
  const crashEvery = crashes === 0 ? Infinity : Math.floor(count / (crashes + 1));
  return Array.from({ length: count }, (_, index) => {
    const expires = random() < EXPIRE_SHARE;
    const number = index + 1;
    const attempts = Array.from(
      { length: expires && random() < 0.5 ? 0 : 1 + Math.floor(random() * 3) },
      (): Attempt => {
        const kind = pick(["approve", "approve", "reject", "modify"] as const, random);
        return {
          channel: pick(CHANNELS, random),
          person: pick(["ana", "ben"] as const, random),
          kind,
          quantity: kind === "modify" ? 40 + Math.floor(random() * 20) : null,
          afterMs: random() < LATE_SHARE ? SPREAD_MS * 3 : Math.floor(random() * SPREAD_MS),
          twice: random() < TWICE_SHARE,
        };
      },
    );
    return { number, product: `T-${seed}-${number}`, attempts, expires, crash: number % crashEvery === 0 };
  });
}

function pick<T>(from: readonly T[], random: () => number): T {
  return from[Math.floor(random() * from.length)]!;
}

/** mulberry32: small, seeded, the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

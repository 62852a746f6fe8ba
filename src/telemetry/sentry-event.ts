/**
 * A fault as Sentry takes it: one event in an envelope (https://develop.sentry.dev/sdk/data-model/envelopes/). Written
 * here, since toucan-js and the core under it are 20 kB of the upload, of which this needs one event of one exception.
 */

export interface SentryFacts {
  readonly release: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly fingerprint: readonly string[];
}

interface Frame {
  readonly filename: string;
  readonly function: string;
  readonly lineno: number;
  readonly colno: number;
  readonly in_app: boolean;
}

interface SentryException {
  readonly type: string;
  readonly value: string;
  readonly mechanism: { readonly type: string; readonly handled: boolean };
  readonly stacktrace?: { readonly frames: readonly Frame[] };
}

/** Sentry shows a few hundred characters of a message. */
const MAX_VALUE = 1_000;
const MAX_FRAMES = 50;
/** An error, its cause, the cause of that … */
const MAX_CAUSES = 5;
const CLIENT = "stockwarden/1";

/** `at decide (index.js:12:34)`, `at async index.js:12:34`. */
const FRAME = /^\s*at (?:async )?(?:(.*?) \()?(?:file:\/\/)?(.+?):(\d+):(\d+)\)?$/u;

/** Where a DSN's envelopes are posted: `https://KEY@HOST/PATH/PROJECT`. */
export function envelopeUrl(dsn: string): string {
  const { protocol, host, pathname, username } = new URL(dsn);
  const at = pathname.lastIndexOf("/");
  const query = `sentry_version=7&sentry_key=${username}&sentry_client=${encodeURIComponent(CLIENT)}`;
  return `${protocol}//${host}${pathname.slice(0, at)}/api/${pathname.slice(at + 1)}/envelope/?${query}`;
}

/** @param id 32 hexadecimal digits; `at` in milliseconds. `scrub` takes secrets out of the event's text. */
export function envelopeOf(
  error: unknown,
  { release, tags, fingerprint }: SentryFacts,
  { id, at }: { readonly id: string; readonly at: number },
  scrub: (text: string) => string,
): string {
  const event = scrub(
    JSON.stringify({
      event_id: id,
      timestamp: at / 1_000,
      platform: "javascript",
      level: "error",
      release,
      tags,
      fingerprint,
      exception: { values: exceptionsOf(error) },
    }),
  );
  return [JSON.stringify({ event_id: id, sent_at: new Date(at).toISOString() }), '{"type":"event"}', event].join("\n");
}

/** The deepest cause first, as Sentry reads them. */
function exceptionsOf(error: unknown): SentryException[] {
  const chain: unknown[] = [error];
  for (let one = error; one instanceof Error && one.cause !== undefined && chain.length < MAX_CAUSES; one = one.cause)
    chain.push(one.cause);
  return chain.map((one, depth) => exceptionOf(one, depth === 0 ? "generic" : "chained")).toReversed();
}

function exceptionOf(error: unknown, type: string): SentryException {
  const mechanism = { type, handled: true };
  if (!(error instanceof Error)) return { type: typeof error, value: String(error).slice(0, MAX_VALUE), mechanism };
  const frames = framesOf(error.stack ?? "");
  return {
    type: error.name,
    value: error.message.slice(0, MAX_VALUE),
    mechanism,
    ...(frames.length === 0 ? {} : { stacktrace: { frames } }),
  };
}

/** The outermost call first. */
function framesOf(stack: string): Frame[] {
  return stack
    .split("\n")
    .flatMap((line) => {
      const [, name, filename = "", lineno, colno] = FRAME.exec(line) ?? [];
      if (filename === "") return [];
      const in_app = !/^(?:node|cloudflare|workerd):|node_modules/u.test(filename);
      return [{ filename, function: name ?? "?", lineno: Number(lineno), colno: Number(colno), in_app }];
    })
    .slice(0, MAX_FRAMES)
    .toReversed();
}

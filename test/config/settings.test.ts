import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { weaknessOf } from "../../src/config/secret-strength.ts";
import { parseSettings, unfitFor } from "../../src/config/settings.ts";

const secret = (): string => randomBytes(32).toString("base64url");
const production = (changes: Record<string, string> = {}): Record<string, string> => ({
  API_KEY: secret(),
  KEY_PEPPER: secret(),
  PUBLIC_URL: "https://stock.shop.example",
  ...changes,
});

const MAIL = {
  REVIEW_EMAIL_TO: "ana@shop.example",
  REVIEW_EMAIL_FROM: "stock@shop.example",
  LINK_SECRET: secret(),
};

const NOT_HEADERS =
  "OTEL_EXPORTER_OTLP_HEADERS must be name=value with commas between, percent-encoded: authorization=Bearer%20token";

function faults(env: Record<string, string>, isLocal = false): string[] {
  return unfitFor(parseSettings(env), () => isLocal).map(({ setting, message }) => `${setting} ${message}`);
}

describe("a configuration", () => {
  it("of random secrets is fit for the internet", () => {
    expect(faults(production({ LINK_SECRET: `${secret()}, ${secret()}` }))).toEqual([]);
  });

  it("may hold mail, error reports and traces as their services write them", () => {
    const kept = {
      ...MAIL,
      MAIL_URL: "smtps://shop:50%25off@mail.example",
      SENTRY_DSN: "https://abc@o1.ingest.sentry.io/42",
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://otel.example",
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20token, x-team=a=b,",
    };
    expect(faults(production(kept))).toEqual([]);
  });

  it("may name the sender, and end the site's address with a slash", () => {
    const changes = { ...MAIL, REVIEW_EMAIL_FROM: "Stock <stock@shop.example>", PUBLIC_URL: "https://shop.example/" };
    expect(faults(production(changes))).toEqual([]);
  });

  it("may end an address that paths are added to with a slash", () => {
    const slack = {
      SLACK_BOT_TOKEN: "xoxb",
      SLACK_SIGNING_SECRET: secret(),
      SLACK_CHANNEL: "C1",
      LINK_SECRET: secret(),
    };
    const read = parseSettings(production({ ...slack, SLACK_API_URL: "https://slack.example/api/" }));
    expect(read).toMatchObject({ ok: true, settings: { slack: { bot: { apiUrl: "https://slack.example/api" } } } });
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      "half a mail channel",
      { REVIEW_EMAIL_TO: "ana@shop.example" },
      [
        "REVIEW_EMAIL_FROM is not set, and REVIEW_EMAIL_TO needs it",
        "LINK_SECRET is not set, and REVIEW_EMAIL_TO needs it",
      ],
    ],
    [
      "two parts of a chat without the others",
      { SLACK_BOT_TOKEN: "xoxb-1", SLACK_CHANNEL: "C1", LINK_SECRET: "Kf83hs0w2Lq7Zb5nVx1cTg9rMd4yPj6u" },
      ["SLACK_SIGNING_SECRET is not set, and SLACK_BOT_TOKEN and SLACK_CHANNEL need it"],
    ],
    [
      "a webhook without its secret",
      { WEBHOOK_URL: "https://erp.shop.example/hook" },
      ["WEBHOOK_SECRET is not set, and WEBHOOK_URL needs it"],
    ],
    [
      "a cut address",
      { ...MAIL, REVIEW_EMAIL_TO: "ana@" },
      ["REVIEW_EMAIL_TO must be addresses alone, with commas between: ana@example.com,ben@example.com"],
    ],
    [
      "addresses with a semicolon between",
      { ...MAIL, REVIEW_EMAIL_TO: "ana@shop.example;ben@shop.example" },
      ["REVIEW_EMAIL_TO must be addresses alone, with commas between: ana@example.com,ben@example.com"],
    ],
    [
      "a name where mail wants the address alone",
      { ...MAIL, REVIEW_ESCALATION_TO: "Lea <lea@shop.example>" },
      ["REVIEW_ESCALATION_TO must be addresses alone, with commas between: ana@example.com,ben@example.com"],
    ],
    [
      "a sender without an address",
      { ...MAIL, REVIEW_EMAIL_FROM: "Stockwarden" },
      ["REVIEW_EMAIL_FROM must be an address like stock@example.com or Stockwarden <stock@example.com>"],
    ],
    [
      "a site without a scheme",
      { PUBLIC_URL: "stock.shop.example" },
      ["PUBLIC_URL must be the address of a site, like https://stock.example.com, without a path"],
    ],
    [
      "a site with a path, where the Worker answers nothing",
      { PUBLIC_URL: "https://shop.example/stock" },
      ["PUBLIC_URL must be the address of a site, like https://stock.example.com, without a path"],
    ],
    [
      "a URL without a scheme",
      { OPENAI_BASE_URL: "models.example/v1" },
      ["OPENAI_BASE_URL must be a whole URL, like https://api.example.com"],
    ],
    [
      "JSON with a comma too many",
      { OPENAI_API_KEY: "sk", OPENAI_PRICES: '{"m":{"input":1,"output":2},}' },
      ['OPENAI_PRICES must be JSON like {"my-model":{"input":0.2,"output":0.8}}'],
    ],
    [
      "JSON of another shape",
      { REVIEW_EXPIRY_BY_RISK: '{"low":"hold"}' },
      [expect.stringMatching(/^REVIEW_EXPIRY_BY_RISK must be JSON like \{"low_confidence":"hold"\}, with hold or .+/)],
    ],
    ["a number that is none", { CONFIDENCE_THRESHOLD: "high" }, ["CONFIDENCE_THRESHOLD must be a number from 0 to 1"]],
    ["a number out of range", { CONFIDENCE_THRESHOLD: "1.5" }, ["CONFIDENCE_THRESHOLD must be a number from 0 to 1"]],
    ["a number in hex", { RETENTION_DAYS: "0x10" }, ["RETENTION_DAYS must be a number of 1 or more"]],
    ["a choice that is none", { REVIEW_EXPIRY_OUTCOME: "order" }, ["REVIEW_EXPIRY_OUTCOME must be hold or fallback"]],
    ["a plain http URL", { SLACK_API_URL: "http://slack.example/api" }, ["SLACK_API_URL must begin with https://"]],
    [
      "an address for a URL",
      { OPENAI_BASE_URL: "https://10.0.0.7/v1" },
      ["OPENAI_BASE_URL must name a public host, not an address or a local name"],
    ],
    [
      "an address in disguise",
      { OPENAI_BASE_URL: "https://0x7f.1/v1" },
      ["OPENAI_BASE_URL must name a public host, not an address or a local name"],
    ],
    [
      "this machine with a dot behind",
      { OPENAI_BASE_URL: "https://localhost./v1" },
      ["OPENAI_BASE_URL must name a public host, not an address or a local name"],
    ],
    [
      "a local name with dots behind",
      { OPENAI_BASE_URL: "https://db.internal../v1" },
      ["OPENAI_BASE_URL must name a public host, not an address or a local name"],
    ],
    [
      "a password whose % encodes nothing",
      { ...MAIL, MAIL_URL: "smtps://shop:50%off@mail.example" },
      ["MAIL_URL has a % that encodes nothing: write it as %25"],
    ],
    [
      "a DSN without a key",
      { SENTRY_DSN: "https://o1.ingest.sentry.io/42" },
      ["SENTRY_DSN must be a DSN like https://KEY@HOST/PROJECT"],
    ],
    [
      "a header without a name",
      { OTEL_EXPORTER_OTLP_ENDPOINT: "https://otel.example", OTEL_EXPORTER_OTLP_HEADERS: "Bearer token" },
      [NOT_HEADERS],
    ],
    [
      "a header whose % encodes nothing",
      { OTEL_EXPORTER_OTLP_ENDPOINT: "https://otel.example", OTEL_EXPORTER_OTLP_HEADERS: "authorization=50%off" },
      [NOT_HEADERS],
    ],
    [
      "a key that no header can carry",
      { API_KEY: "two words" },
      ["API_KEY must be printable ASCII without spaces, since it travels in a header"],
    ],
  ])("with %s is refused by name", (_what, changes, expected) => {
    expect(faults(production(changes))).toEqual(expected);
  });

  it("with nothing at all says what it needs", () => {
    expect(faults({})).toEqual(["API_KEY is not set"]);
    expect(faults({ API_KEY: "   " })).toEqual(["API_KEY is not set"]);
  });

  it("with weak secrets serves this machine and nothing else", () => {
    const weak = { API_KEY: "dev", KEY_PEPPER: "dev-pepper" };
    expect(faults({ ...weak, PUBLIC_URL: "http://localhost:8787" })).toEqual([]);
    expect(faults({ ...weak, PUBLIC_URL: "http://127.0.0.1:8787" })).toEqual([]);
    expect(faults({ ...weak, PUBLIC_URL: "https://stock.shop.example" }, true)).toHaveLength(2);
    expect(faults(weak, true)).toEqual([]);
    expect(faults(weak)).toEqual([
      "API_KEY has 3 characters of the 32 it needs: set 32 random bytes (`openssl rand -hex 32` makes them)",
      "KEY_PEPPER has 10 characters of the 32 it needs: set 32 random bytes (`openssl rand -hex 32` makes them)",
    ]);
  });

  it("in which two secrets are the same is refused", () => {
    const one = secret();
    expect(faults(production({ API_KEY: one, LINK_SECRET: `${secret()},${one}` }))).toEqual([
      "LINK_SECRET is the same as API_KEY: each needs a secret of its own",
    ]);
  });
});

describe("the strength of a secret", () => {
  it.each([
    "",
    "short",
    "a".repeat(64),
    "changeme".repeat(8),
    "my-very-long-password-for-production-use",
    "abcabcabcabcabcabcabcabcabcabcabcabc",
    "0000000000000000000000000000000000000001",
    "stockwarden-production-key-000000000000",
  ])("%j is weak", (text) => {
    expect(weaknessOf(text)).toEqual(expect.any(String));
  });

  it("is enough for what `openssl rand` and this project make, every time", () => {
    for (let time = 0; time < 5_000; time++) {
      expect(weaknessOf(randomBytes(32).toString("hex"))).toBeNull();
      expect(weaknessOf(randomBytes(32).toString("base64url"))).toBeNull();
      expect(weaknessOf(randomBytes(16).toString("hex"))).toBeNull();
    }
  });
});

/** Settings from the texts that a user would set. */
import { parseSettings, type Settings } from "../../src/config/settings.ts";

export function someSettings(texts: Readonly<Record<string, string>> = {}): Settings {
  const parsed = parseSettings({
    API_KEY: "root-key",
    LINK_SECRET: "link-secret",
    PUBLIC_URL: "http://localhost:8787",
    REVIEW_EMAIL_TO: "ana@example.com, ben@example.com",
    REVIEW_EMAIL_FROM: "Stockwarden <stock@example.com>",
    ...texts,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.settings;
}

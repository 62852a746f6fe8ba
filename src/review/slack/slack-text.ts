/**
 * Text from items, people or a model on its way into a Slack message: no mention, no link, no markup of Slack's own.
 */
import type { Formats } from "../../shared/formats.ts";
import { unlinked, ZERO_WIDTH_SPACE } from "../safe-text.ts";

/**
 * Slack's three control characters escaped, as its documentation asks; text that clients turn into links or mentions by
 * themselves (addresses with a scheme, `www.`, `@name`, `#name`) is broken up by an invisible character.
 */
export function slackText(text: string): string {
  return unlinked(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/([@#])(?=\w)/g, `$1${ZERO_WIDTH_SPACE}`);
}

/** In each reader's own time zone; the store's where Slack cannot say. */
export function slackTime(at: number, { time }: Pick<Formats, "time">): string {
  return `<!date^${Math.floor(at / 1_000)}^{date_short_pretty}, {time}|${slackText(time(at))}>`;
}

/** The link that a message in Slack carries. Everybody in a channel sees it, so it names no person. */
import type { Settings } from "../../config/settings.ts";
import type { LinkPurpose } from "../links.ts";
import type { Question } from "../question.ts";
import { linkExpiry, reviewUrl, signingSecrets } from "../review-url.ts";

export const SLACK_LINK_RECIPIENT = "slack";

export function slackLink(
  origin: string,
  question: Question,
  settings: Settings,
  purpose: LinkPurpose,
): Promise<string> {
  return reviewUrl(
    origin,
    {
      purpose,
      workflowId: question.workflowId,
      revision: question.revision,
      recipient: SLACK_LINK_RECIPIENT,
      expiresAt: linkExpiry(question.expiresAt, settings),
    },
    signingSecrets(settings),
  );
}

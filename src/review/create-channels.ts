/** The channels that these settings switch on. */
import type { Settings } from "../config/settings.ts";
import type { Workflow } from "../workflow/types/workflow.ts";
import type { Channel, ChannelName } from "./channel.ts";
import type { EmailBinding } from "./mail/binding-mailer.ts";
import { mailChannel } from "./mail/mail-channel.ts";
import { createMailer } from "./mail/create-mailer.ts";
import { slackChannel } from "./slack/slack-channel.ts";
import type { EndpointGate } from "./webhook/endpoint-gate.ts";
import type { EndpointOf } from "./webhook/endpoints.ts";
import { webhookChannel } from "./webhook/webhook-channel.ts";

export interface ChannelBindings {
  readonly EMAIL?: EmailBinding;
  readonly endpointGate: EndpointGate;
  readonly endpointOf: EndpointOf;
  /** The workflow as the wire shows it. */
  readonly toWire: (workflow: Workflow) => unknown;
}

export function createChannels(settings: Settings, bindings: ChannelBindings): Partial<Record<ChannelName, Channel>> {
  return {
    ...(settings.email === null
      ? {}
      : { email: mailChannel(settings, createMailer(settings.email.mailUrl, bindings.EMAIL)) }),
    ...(settings.slack === null ? {} : { slack: slackChannel(settings) }),
    webhook: webhookChannel(settings, bindings.toWire, bindings.endpointGate, bindings.endpointOf),
  };
}

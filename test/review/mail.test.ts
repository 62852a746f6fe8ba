import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliveryContext } from "../../src/review/channel.ts";
import { verifyLink } from "../../src/review/links.ts";
import { mailChannel } from "../../src/review/mail/mail-channel.ts";
import { createMailer } from "../../src/review/mail/create-mailer.ts";
import { aDecision, aDelivery, aReview, aSnapshot, aWorkflow, HOUR_MS, T0 } from "../support/builders/a-workflow.ts";
import { httpMailSink, linksIn, smtpSink, type MailSink } from "../support/peers/mail-sink.ts";
import { someSettings } from "./some-settings.ts";

const settings = someSettings();

function context(change: Partial<DeliveryContext> = {}): DeliveryContext {
  return {
    workflow: aWorkflow(),
    delivery: aDelivery(),
    now: T0 + HOUR_MS,
    origin: "https://stock.example.com",
    earlier: () => ({ refs: [], unconfirmed: [] }),
    demand: [],
    ...change,
  };
}

describe.each([
  { name: "SMTP", open: smtpSink },
  { name: "HTTP", open: httpMailSink },
])("mail by $name", ({ open }) => {
  let sink: MailSink;
  beforeEach(async () => void (sink = await open()));
  afterEach(() => sink.close());
  const channel = () => mailChannel(settings, createMailer(sink.url, undefined));

  it("says item, action, quantity and deadline in the subject, and carries one link of the reader's own", async () => {
    expect(await channel().deliver(context())).toMatchObject({ ok: true });
    const [mail] = sink.mails;
    expect(mail!.subject).toBe("Order 120 of GREEN-TEA-500 for tokyo-3? Answer by Mon 16 Jan, 13:00 UTC");
    expect(mail!.to).toBe("ana@example.com");
    const links = linksIn(mail!);
    expect(links).toHaveLength(1);
    const token = links[0]!.replace("https://stock.example.com/review/", "");
    expect(await verifyLink(token, settings.linkSecrets, T0)).toMatchObject({
      ok: true,
      claims: { workflowId: "wf-1", revision: 1, recipient: "ana@example.com" },
    });
    expect(mail!.html.match(/href="/g)).toHaveLength(1);
  });

  it("says the worth, the deadline and what silence means, and has its link, before it goes into detail", async () => {
    await channel().deliver(context());
    const [mail] = sink.mails;
    const inOrder = ["Worth 420.00.", "Answer by", "If nobody answers, nothing is ordered.", "/review/", "On hand"];
    for (const text of [mail!.text, mail!.html]) {
      const places = inOrder.map((said) => text.lastIndexOf(said));
      expect(Math.min(...places)).toBeGreaterThan(0);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });

  it("says until when the stock lasts where nothing is ordered", async () => {
    const workflow = aWorkflow({
      status: "rejected",
      decision: aDecision({ action: "hold", quantity: 0 }),
      review: aReview({ status: "rejected", decidedBy: "Ben", channel: "link", decidedAt: T0 }),
    });
    await channel().deliver(context({ workflow, delivery: aDelivery({ purpose: "outcome" }) }));
    expect(sink.mails[0]!.text).toContain("Without an order it lasts to Fri 20 Jan.");
  });

  it("says how many people the order needs, and who has approved, where one is not enough", async () => {
    await channel().deliver(context());
    const actor = { principal: "person:ben", label: "Ben", channel: "link" } as const;
    const approval = { actor, kind: "approve", quantity: 120, at: T0 } as const;
    const review = aReview({ approvalsNeeded: 2, approvals: [approval] });
    await channel().deliver(context({ workflow: aWorkflow({ review }), delivery: aDelivery({ key: "wf-1/1/b" }) }));
    const [one, two] = sink.mails;
    for (const text of [two!.text, two!.html])
      expect(text).toContain("This order needs 2 people; approved so far by Ben.");
    expect(one!.text).not.toContain("This order needs");
  });

  it("keeps all mails about an item in one thread, under one Message-ID a mail", async () => {
    await channel().deliver(context());
    await channel().deliver(
      context({ delivery: aDelivery({ key: "wf-1/1/remind/email/ana@example.com", purpose: "remind" }) }),
    );
    await channel().deliver(
      context({
        workflow: aWorkflow({ productId: "OTHER" }),
        delivery: aDelivery({ key: "wf-2/1/ask/email/ana@example.com" }),
      }),
    );
    const [ask, remind, other] = sink.mails;
    expect(ask!.references).toBe(remind!.references);
    expect(ask!.references).not.toBe(other!.references);
    expect(new Set(sink.mails.map((mail) => mail.messageId)).size).toBe(3);
    expect(remind!.subject).toMatch(/^Reminder: /);
  });

  it("cannot be made to carry other headers or recipients by a product's name", async () => {
    const workflow = aWorkflow({ productId: "A\r\nBcc: eve@example.com\r\n\r\nHello", storeId: "s\nX-Evil: 1" });
    expect(await channel().deliver(context({ workflow }))).toMatchObject({ ok: true });
    const [mail] = sink.mails;
    expect(mail!.headerNames.map((name) => name.toLowerCase())).not.toContain("bcc");
    expect(mail!.headerNames.map((name) => name.toLowerCase())).not.toContain("x-evil");
    expect(mail!.to).toBe("ana@example.com");
    expect(mail!.subject).toContain("A Bcc: eve@example.com Hello");
    const evil = aDelivery({ recipient: "ana@example.com\r\nBcc: eve@example.com" });
    expect(await channel().deliver(context({ delivery: evil }))).toMatchObject({ ok: false, retry: false });
    expect(sink.mails).toHaveLength(1);
  });

  it("comes again after a passing refusal and is given up after a lasting one", async () => {
    sink.refuseNext(sink.url.startsWith("smtp") ? 451 : 503);
    expect(await channel().deliver(context())).toMatchObject({ ok: false, retry: true });
    sink.refuseNext(sink.url.startsWith("smtp") ? 550 : 422);
    expect(await channel().deliver(context())).toMatchObject({ ok: false, retry: false });
  });

  it("says what came of it, by whom, and with which words", async () => {
    const workflow = aWorkflow({
      status: "rejected",
      recommendation: { action: "restock", quantity: 120, confidence: 0.4 },
      decision: aDecision({ action: "hold", quantity: 0 }),
      review: aReview({
        status: "rejected",
        decidedAt: T0 + HOUR_MS,
        decidedBy: "ben@example.com",
        channel: "link",
        comment: "Festival <b>cancelled</b>",
      }),
    });
    await channel().deliver(
      context({ workflow, delivery: aDelivery({ purpose: "outcome", key: "wf-1/1/outcome/email/ana@example.com" }) }),
    );
    const [mail] = sink.mails;
    expect(mail!.subject).toBe("Rejected: nothing will be ordered (GREEN-TEA-500 for tokyo-3)");
    expect(mail!.text).toContain("by ben@example.com on the review page");
    expect(mail!.html).toContain("Festival &lt;b&gt;cancelled&lt;/b&gt;");
  });
});

describe("a mail's words", () => {
  it("mark what a model or a note says, and show it as text", async () => {
    const sink = await httpMailSink();
    const workflow = aWorkflow({
      snapshot: aSnapshot({ notes: "<img src=x>" }),
      decision: aDecision({ modelWords: "Order <script>alert(1)</script> more" }),
    });
    await mailChannel(settings, createMailer(sink.url, undefined)).deliver(context({ workflow }));
    const { html, text } = sink.mails[0]!;
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain("The language model wrote");
    expect(text).toContain('Note that came with the count: "<img src=x>"');
    await sink.close();
  });

  it("go by the binding without a header that the platform refuses", async () => {
    const sent: { headers: Record<string, string> }[] = [];
    const mailer = createMailer(null, { send: async (message) => (sent.push(message), { messageId: "cf-1" }) });
    expect(await mailChannel(settings, mailer).deliver(context())).toEqual({ ok: true, ref: "cf-1" });
    expect(Object.keys(sent[0]!.headers).toSorted()).toEqual(["In-Reply-To", "References", "X-Idempotency-Key"]);
  });
});

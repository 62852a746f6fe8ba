/** A store's morning on a running server: one run by itself, and one mail for each reviewer with all that waits. */
import { afterAll, expect, it, vi } from "vitest";
import { startLocalServer, type LocalServer } from "../../scripts/lib/server/local-server.ts";
import { ask, trigger } from "../support/black-box.ts";
import { linksIn, smtpSink, type MailSink, type ReceivedMail } from "../support/peers/mail-sink.ts";
import { ownFolder } from "../support/own-folder.ts";

const persistTo = ownFolder("morning");
let server: LocalServer | null = null;
let sink: MailSink | null = null;
afterAll(async () => {
  await server?.stop();
  await sink?.close();
});

const MINUTE_MS = 60_000;
/** What asking two questions takes on a busy machine, and more. */
const ASKING_MS = 30_000;
const WAIT = { timeout: 300_000, interval: 250 };
const TEST_TIMEOUT_MS = 600_000;

it(
  "asks each reviewer once, in the mail after the run, each with links of their own",
  { timeout: TEST_TIMEOUT_MS },
  async () => {
    sink = await smtpSink();
    const mails = (): readonly ReceivedMail[] => sink!.mails;
    server = await startLocalServer({
      persistTo,
      env: {
        REVIEW_EMAIL_TO: "everybody@shop.example",
        REVIEW_EMAIL_FROM: "shop@shop.example",
        LINK_SECRET: "link-secret-0123456789abcdefghijkl",
        MAIL_URL: sink.url,
        REVIEW_TTL_SECONDS: "14400",
      },
    });
    const today = new Date().toISOString().slice(0, 10);
    await ask(server, "PUT", "/people/ben", { name: "Ben", email: "ben@shop.example" });
    await ask(server, "PUT", "/people/ana", {
      name: "Ana",
      email: "ana@shop.example",
      away: { from: today, to: "2099-01-01", delegate: "ben" },
    });
    const reviewAt = new Date(Date.now() + MINUTE_MS + ASKING_MS).toISOString().slice(11, 16);
    const store = { name: "Tokyo 3", reviewers: ["ana", "cleo@shop.example"], review_at: reviewAt };
    expect((await ask(server, "PUT", "/stores/tokyo-3", store)).status).toBe(201);
    for (const product of ["TEA", "RICE"]) {
      await ask(server, "PUT", `/products/${product}?store_id=tokyo-3`, { name: `${product} in bags`, unit_cost: 2 });
      const asked = await trigger(server, product, { store_id: "tokyo-3", current_stock: 1 });
      expect(asked.body.status).toBe("awaiting_human_review");
    }
    await vi.waitFor(() => expect(mails()).toHaveLength(3), WAIT);
    expect(
      mails()
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual(["ana@shop.example", "ben@shop.example", "cleo@shop.example"]);
    for (const mail of mails()) {
      expect(mail.subject).toContain("2 questions");
      expect(mail.text).toContain("TEA in bags");
      expect(mail.text).toContain("RICE in bags");
      expect(linksIn(mail).filter((link) => link.includes("/review/"))).toHaveLength(2);
    }

    // The delegate answers from the mail: the audit says for whom, and nobody is mailed about it.
    const [link] = linksIn(mails().find(({ to }) => to === "ben@shop.example")!);
    const { origin } = new URL(server.url);
    const answered = await fetch(link!, {
      method: "POST",
      headers: { Origin: origin, "Sec-Fetch-Site": "same-origin" },
      body: new URLSearchParams({ decision: "reject", revision: "1" }),
    });
    expect(answered.status).toBe(200);
    const rejected = await vi.waitFor(async () => {
      const { body } = await ask(server!, "GET", "/reviews?status=rejected");
      return body.reviews[0].workflow_id as string;
    }, WAIT);
    const audit = await ask(server, "GET", `/audit/${rejected}`);
    expect(audit.text).toContain("Ben for Ana");
    expect(audit.text).toContain("person:ben");
    expect(mails()).toHaveLength(3);
  },
);

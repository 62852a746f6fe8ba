/** A mail server that answers a byte at a time never lets an idle time-out fire: the attempt ends by its own clock. */
import { createServer, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { withinDeadline } from "../../src/review/channel.ts";
import { smtpMailer } from "../../src/review/mail/smtp-mailer.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function drippingServer(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.write("220 ");
    const drip = setInterval(() => socket.write("x"), 20);
    socket.on("error", () => undefined);
    socket.on("close", () => clearInterval(drip));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `smtp://127.0.0.1:${(server.address() as { port: number }).port}`;
}

it("an attempt at a dripping mail server ends as one to be tried again", async () => {
  const mail = { from: "a@example.com", to: "b@example.com", subject: "s", text: "t", html: "h", key: "k" };
  const sending = smtpMailer(await drippingServer()).send({ ...mail, messageId: "<m@x>", threadId: "<t@x>" });
  expect(await withinDeadline(sending, 300)).toEqual({ ok: false, retry: true, error: "no answer within 300 ms" });
});

it("an attempt that ends in time is what it came to, and one that throws is tried again", async () => {
  expect(await withinDeadline(Promise.resolve({ ok: true, ref: "r" }))).toEqual({ ok: true, ref: "r" });
  expect(await withinDeadline(Promise.reject(new Error("gone")))).toMatchObject({ ok: false, retry: true });
});

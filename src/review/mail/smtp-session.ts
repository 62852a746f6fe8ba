/** One mail through one SMTP connection, which is closed afterwards. */
import SmtpConnection from "nodemailer/lib/smtp-connection";
import type { Mail } from "./mailer.ts";
import { mimeMessage } from "./mime-message.ts";

export interface SmtpServer extends SmtpConnection.Options {
  readonly login?: SmtpConnection.Credentials;
}

/** @throws what the server refuses, with its code as `responseCode`, and what breaks the connection. */
export async function submit(
  { login, ...options }: SmtpServer,
  envelope: { readonly from: string; readonly to: string[] },
  mail: Mail,
): Promise<void> {
  const connection = new SmtpConnection(options);
  // A broken connection arrives as an event; the waiting step gets no callback.
  const broken = new Promise<never>((_, reject) => void connection.on("error", reject));
  const step = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
    Promise.race([
      broken,
      new Promise<void>((resolve, reject) =>
        start((error) => (error === undefined || error === null ? resolve() : reject(error))),
      ),
    ]);
  try {
    await step((done) => connection.connect(done));
    if (login !== undefined && allowsLogin(connection))
      await step((done) => connection.login({ credentials: login }, done));
    await step((done) => connection.send(envelope, mimeMessage(mail, new Date()), done));
  } finally {
    connection.close();
  }
}

/** A server that offers no login, such as a relay or a test sink, takes mail without. Absent from its types. */
function allowsLogin(connection: SmtpConnection): boolean {
  return (connection as SmtpConnection & { readonly allowsAuth: boolean }).allowsAuth;
}

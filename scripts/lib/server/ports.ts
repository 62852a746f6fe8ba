/** TCP ports of this machine. */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";

/**
 * Below the ports that systems give to outgoing connections: such a connection could take the port between this look
 * and the server's start, or while a server is started again on its port.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (await canListen(port)) return port;
  }
}

async function canListen(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}

export async function isTaken(port: number): Promise<boolean> {
  const attempts = ["127.0.0.1", "::1"].map(
    (host) =>
      new Promise<boolean>((answer) => {
        const socket = connect({ port, host });
        const reply = (taken: boolean): void => {
          socket.destroy();
          answer(taken);
        };
        socket.once("connect", () => reply(true));
        socket.once("error", () => reply(false));
      }),
  );
  return (await Promise.all(attempts)).includes(true);
}

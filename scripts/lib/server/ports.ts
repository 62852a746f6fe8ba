/** TCP ports of this machine. */
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port from the system");
  return address.port;
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

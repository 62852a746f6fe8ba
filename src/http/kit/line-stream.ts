/**
 * Streams lines to a reader at the reader's pace. Lines that are ready while it takes a chunk go out
 * together in the next one, since a chunk a line would cost more than the line.
 */

/** Characters that wait for the reader before the writer waits as well. */
const MOST_UNREAD = 65_536;
const ENCODER = new TextEncoder();

export class LineStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #ready = "";
  #writing: Promise<void> | null = null;
  #isGone = false;

  constructor() {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    this.readable = readable;
    this.#writer = writable.getWriter();
  }

  /** Waits only for a reader that is far behind; rejects once there is none. */
  async add(line: string): Promise<void> {
    if (this.#isGone) throw new Error("nobody reads these lines any more");
    this.#ready += `${line}\n`;
    this.#writing ??= this.#write();
    if (this.#ready.length > MOST_UNREAD) await this.#writing;
  }

  async end(): Promise<void> {
    await this.#writing;
    if (!this.#isGone) await this.#writer.close().catch(() => undefined);
  }

  async abort(): Promise<void> {
    await this.#writer.abort().catch(() => undefined);
  }

  async #write(): Promise<void> {
    try {
      while (this.#ready !== "") {
        const chunk = ENCODER.encode(this.#ready);
        this.#ready = "";
        await this.#writer.write(chunk);
      }
    } catch {
      this.#isGone = true;
    }
    this.#writing = null;
  }
}

/** One line on stderr that says what runs now and since when. */
export class Progress {
  readonly #started = performance.now();
  readonly #isTerminal = process.stderr.isTTY === true;

  say(what: string): void {
    const line = `[${((performance.now() - this.#started) / 1_000).toFixed(0).padStart(4)} s] ${what}`;
    process.stderr.write(this.#isTerminal ? `\r\u001B[K${line}` : `${line}\n`);
  }

  end(): void {
    if (this.#isTerminal) process.stderr.write("\r\u001B[K");
  }
}

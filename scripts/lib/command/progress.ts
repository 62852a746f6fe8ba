/** A progress bar on stderr (stdout is the answer); silent when stderr is not a terminal. */

const WIDTH = 28;
/** Redraws at most this often. */
const REDRAW_MS = 100;

export interface Progress {
  step(by?: number): void;
  done(): void;
}

export function progress(label: string, total: number): Progress {
  const watched = process.stderr.isTTY;
  const started = Date.now();
  let count = 0;
  let drawn = 0;
  const draw = (): void => {
    const share = total === 0 ? 1 : count / total;
    const filled = Math.round(share * WIDTH);
    const left = count === 0 ? 0 : ((Date.now() - started) / count) * (total - count);
    const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    process.stderr.write(`\r${label} ${bar} ${count}/${total}, ${Math.ceil(left / 1000)} s left \x1b[K`);
  };
  return {
    step(by = 1) {
      count += by;
      if (!watched || Date.now() - drawn < REDRAW_MS) return;
      drawn = Date.now();
      draw();
    },
    done() {
      if (watched) process.stderr.write("\r\x1b[K");
    },
  };
}

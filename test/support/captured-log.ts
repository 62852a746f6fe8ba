/** Lines that a log printed, parsed: whatever console method a sink uses. */
import { vi } from "vitest";

export type LogLine = Readonly<Record<string, unknown>>;

export function captureLog(): { readonly raw: string[]; readonly lines: LogLine[] } {
  const raw: string[] = [];
  const lines: LogLine[] = [];
  for (const method of ["debug", "info", "warn", "error", "log"] as const) {
    vi.spyOn(console, method).mockImplementation((line: unknown) => {
      raw.push(String(line));
      lines.push(JSON.parse(String(line)) as LogLine);
    });
  }
  return { raw, lines };
}

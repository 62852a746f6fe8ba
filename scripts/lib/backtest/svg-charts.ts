/**
 * Small charts as SVG text: stacked bars, lines over time, a scatter of pairs. Colours come from the page's CSS
 * classes.
 */

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** 12345 -> 12,345; small numbers keep a decimal. */
export function shownNumber(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });
}

export interface Bar {
  readonly label: string;
  readonly className: string;
  /** From left to right; opacity falls with each. */
  readonly parts: readonly number[];
}

/** Horizontal bars of stacked parts, each with its total. */
export function barChart(bars: readonly Bar[], partNames: readonly string[]): string {
  const [width, rowHeight, left, right] = [720, 40, 210, 90];
  const total = (bar: Bar): number => bar.parts.reduce((sum, part) => sum + part, 0);
  const most = Math.max(...bars.map(total), 1e-9);
  const rows = bars.map((bar, row) => {
    const y = row * rowHeight + 6;
    let x = left;
    const parts = bar.parts.map((part, index) => {
      const length = (part / most) * (width - left - right);
      const title = `${bar.label}, ${partNames[index] ?? ""}: ${shownNumber(part)}`;
      const rectangle =
        `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(0, length).toFixed(1)}" height="24" rx="2" ` +
        `class="fill ${bar.className}" opacity="${1 - index * 0.5}"><title>${escapeHtml(title)}</title></rect>`;
      x += length;
      return rectangle;
    });
    return (
      `<text x="${left - 10}" y="${y + 17}" class="label ` +
      `end">${escapeHtml(bar.label)}</text>${parts.join("")}<text x="${(x + 8).toFixed(1)}" y="${y + 17}" ` +
      `class="value">${shownNumber(total(bar))}</text>`
    );
  });
  return svg(
    width,
    bars.length * rowHeight + 4,
    rows.join(""),
    `Bars: ${bars.map((bar) => `${bar.label} ${shownNumber(total(bar))}`).join(", ")}`,
  );
}

export interface Line {
  readonly label: string;
  readonly className: string;
  readonly values: readonly number[];
}

export interface LineOptions {
  readonly width: number;
  readonly height: number;
  /** Drawn as grey bars behind the lines, on the same scale. */
  readonly columns?: readonly number[];
  readonly unit: string;
}

export function lineChart(lines: readonly Line[], { width, height, columns = [], unit }: LineOptions): string {
  const [left, bottom, top] = [46, 22, 8];
  const count = Math.max(...lines.map((line) => line.values.length), columns.length, 2);
  const most = niceCeiling(Math.max(...lines.flatMap((line) => line.values), ...columns, 1e-9));
  const x = (index: number): number => left + ((index + 0.5) / count) * (width - left - 6);
  const y = (value: number): number => top + (1 - value / most) * (height - top - bottom);
  const grid = [0, 0.5, 1].map(
    (share) =>
      `<line x1="${left}" x2="${width - 6}" y1="${y(most * share)}" y2="${y(most * share)}" ` +
      `class="grid"/><text x="${left - 6}" y="${y(most * share) + 4}" class="tick ` +
      `end">${shownNumber(most * share)}</text>`,
  );
  const barWidth = Math.max(1, ((width - left - 6) / count) * 0.7);
  const bars = columns.map(
    (value, index) =>
      `<rect x="${(x(index) - barWidth / 2).toFixed(1)}" y="${y(value).toFixed(1)}" ` +
      `width="${barWidth.toFixed(1)}" height="${(height - bottom - y(value)).toFixed(1)}" class="column"/>`,
  );
  const paths = lines.map((line) => {
    const points = line.values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
    const title = `<title>${escapeHtml(line.label)}</title>`;
    return `<polyline points="${points}" class="line ${line.className}">${title}</polyline>`;
  });
  const axis =
    `<text x="${left}" y="${height - 5}" class="tick">first ${unit}</text><text x="${width - 6}" ` +
    `y="${height - 5}" class="tick end">${unit} ${count}</text>`;
  return svg(width, height, [...grid, ...bars, ...paths, axis].join(""), lines.map((line) => line.label).join(", "));
}

export interface Pair {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** Both axes logarithmic; points under the diagonal have y below x. */
export function scatterChart(pairs: readonly Pair[], xTitle: string, yTitle: string): string {
  const [width, height, left, bottom, top] = [460, 400, 62, 44, 10];
  const positive = pairs.filter((pair) => pair.x > 0 && pair.y > 0);
  const values = positive.flatMap((pair) => [pair.x, pair.y]);
  const low = values.length === 0 ? 0 : Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, values.length === 0 ? 1 : Math.ceil(Math.log10(Math.max(...values))));
  const at = (value: number): number => (Math.log10(value) - low) / (high - low);
  const x = (value: number): number => left + at(value) * (width - left - 26);
  const y = (value: number): number => height - bottom - at(value) * (height - bottom - top);
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  const grid = ticks.map(
    (tick) =>
      `<line x1="${x(tick)}" x2="${x(tick)}" y1="${top}" y2="${height - bottom}" class="grid"/><line ` +
      `x1="${left}" x2="${width - 26}" y1="${y(tick)}" y2="${y(tick)}" class="grid"/><text x="${x(tick)}" ` +
      `y="${height - bottom + 16}" class="tick middle">${shownNumber(tick)}</text><text x="${left - 6}" ` +
      `y="${y(tick) + 4}" class="tick end">${shownNumber(tick)}</text>`,
  );
  const diagonal =
    `<line x1="${x(10 ** low)}" y1="${y(10 ** low)}" x2="${x(10 ** high)}" y2="${y(10 ** high)}" ` +
    `class="diagonal"/>`;
  const points = positive.map(
    (pair) =>
      `<circle cx="${x(pair.x).toFixed(1)}" cy="${y(pair.y).toFixed(1)}" r="4" class="fill ` +
      `${pair.y <= pair.x ? "stockwarden" : "present"}" ` +
      `opacity="0.65"><title>` +
      `${escapeHtml(`${pair.label}: ${shownNumber(pair.x)} -> ${shownNumber(pair.y)}`)}</title></circle>`,
  );
  const titles =
    `<text x="${(left + width - 26) / 2}" y="${height - 8}" class="label ` +
    `middle">${escapeHtml(xTitle)}</text><text transform="translate(14 ${(height - bottom) / 2}) rotate(-90)" ` +
    `class="label middle">${escapeHtml(yTitle)}</text>`;
  return svg(width, height, [...grid, diagonal, ...points, titles].join(""), `${yTitle} against ${xTitle}`);
}

function svg(width: number, height: number, body: string, description: string): string {
  return (
    `<svg viewBox="0 0 ${width} ${height}" style="max-width:${width}px" role="img" ` +
    `aria-label="${escapeHtml(description)}">${body}</svg>`
  );
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

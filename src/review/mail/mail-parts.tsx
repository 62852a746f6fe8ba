/**
 * What the mails to people are built of. The HTML sets no text or page colour; the button brings its own pair of
 * colours.
 */
import type { Child } from "hono/jsx";

interface Shown {
  readonly title?: string;
  /** How wide the text may grow, in pixels. */
  readonly width?: number;
}

const FONT =
  "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,'Noto Sans','Hiragino Sans','Yu " +
  "Gothic','PingFang SC','Malgun Gothic',sans-serif;";

/** Under a row of a table. */
export const RULE = "border-bottom:1px solid #8a94a655;";

const BUTTON =
  "display:inline-block;padding:14px 28px;border-radius:8px;background-color:#1d4ed8;color:#ffffff;" +
  "font-weight:600;text-decoration:none";

export function mailDocument(body: Child, { title = "Stockwarden", width = 560 }: Shown = {}): string {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
      </head>
      <body style={`margin:0;padding:24px 16px;${FONT}font-size:16px;line-height:1.5`}>
        <table
          role="presentation"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          style={`max-width:${width}px;margin:0 auto`}
        >
          <tbody>
            <tr>
              <td style={FONT}>{body}</td>
            </tr>
          </tbody>
        </table>
      </body>
    </html>
  );
  return `<!doctype html>${String(page)}`;
}

export function Heading({ children }: { children?: Child }) {
  return <h1 style="font-size:22px;line-height:1.25;margin:0 0 12px">{children}</h1>;
}

export function Paragraph({ children }: { children?: Child }) {
  return <p style="margin:0 0 16px">{children}</p>;
}

export function Small({ children }: { children?: Child }) {
  return <p style="margin:0 0 8px;font-size:13px;opacity:.75">{children}</p>;
}

export function Button({ href, children }: { href: string; children?: Child }) {
  return (
    <p style="margin:0 0 16px">
      <a href={href} style={BUTTON}>
        {children}
      </a>
    </p>
  );
}

/** What somebody wrote, marked as theirs. */
export function Quote({ from, children }: { from: string; children?: Child }) {
  return (
    <blockquote style="margin:0 0 16px;padding:4px 0 4px 12px;border-left:3px solid #8a94a6">
      <span style="font-size:13px;opacity:.75">{from}:</span>
      <br />
      {children}
    </blockquote>
  );
}

export type FactRow = readonly [name: string, value: string];

export function Facts({ rows }: { rows: readonly FactRow[] }) {
  return (
    <table cellpadding="0" cellspacing="0" width="100%" style="margin:0 0 16px;border-collapse:collapse">
      <tbody>
        {rows.map(([name, value]) => (
          <tr>
            <th
              scope="row"
              align="left"
              valign="top"
              style={`padding:6px 16px 6px 0;font-weight:normal;opacity:.75;${RULE}`}
            >
              {name}
            </th>
            <td align="right" style={`padding:6px 0;font-weight:600;${RULE}${oneLine(value)}`}>
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A number and its sign, or a date, stay on one line. */
function oneLine(value: string): string {
  return value.length <= 16 ? "white-space:nowrap" : "";
}

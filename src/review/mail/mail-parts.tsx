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

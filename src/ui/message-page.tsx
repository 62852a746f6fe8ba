/** A page with a message only: a wrong link, an error, a changed question. It always has a link to go on. */
import { Layout, type LayoutProps } from "./page-layout.tsx";

export interface MessagePageProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly session?: LayoutProps["session"];
  /** Where its link leads; default: the inbox. */
  readonly next?: { readonly href: string; readonly title: string };
}

const INBOX = { href: "/inbox", title: "Go to the inbox" } as const;

export function MessagePage({ title, lines, session = null, next = INBOX }: MessagePageProps) {
  return (
    <Layout title={title} session={session}>
      <section class="card narrow">
        <h1>{title}</h1>
        {lines.map((line) => (
          <p>{line}</p>
        ))}
        <p>
          <a href={next.href}>{next.title}</a>
        </p>
      </section>
    </Layout>
  );
}

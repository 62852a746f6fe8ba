/** A page that only says something: a wrong link, an error, a changed question. It always says where to go. */
import { Layout, type LayoutProps } from "./layout.tsx";

export interface MessagePageProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly session?: LayoutProps["session"];
  readonly link?: { readonly href: string; readonly text: string };
}

export function MessagePage({ title, lines, session = null, link = { href: "/inbox", text: "Go to the inbox" } }: MessagePageProps) {
  return (
    <Layout title={title} session={session}>
      <section class="card narrow">
        <h1>{title}</h1>
        {lines.map((line) => (
          <p>{line}</p>
        ))}
        <p>
          <a href={link.href}>{link.text}</a>
        </p>
      </section>
    </Layout>
  );
}

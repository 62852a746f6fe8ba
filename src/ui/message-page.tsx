/** A page with a message only: a wrong link, an error, a changed question. It always has a link to go on. */
import { Layout, type LayoutProps } from "./page-layout.tsx";

export interface MessagePageProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly session?: LayoutProps["session"];
}

export function MessagePage({ title, lines, session = null }: MessagePageProps) {
  return (
    <Layout title={title} session={session}>
      <section class="card narrow">
        <h1>{title}</h1>
        {lines.map((line) => (
          <p>{line}</p>
        ))}
        <p>
          <a href="/inbox">Go to the inbox</a>
        </p>
      </section>
    </Layout>
  );
}

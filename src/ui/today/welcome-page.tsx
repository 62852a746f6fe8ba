/** The front page for those who are not signed in: what this is, where to sign in, where to read on. */
import { Layout } from "../page-layout.tsx";

export function WelcomePage() {
  return (
    <Layout title="Restock decisions">
      <section class="card narrow">
        <h1>Stockwarden</h1>
        <p class="lead">
          It decides what a shop orders, item by item, from stock counts and sales, and asks a person when it is not
          sure enough.
        </p>
        <p>
          <a class="button primary" href="/inbox">
            Sign in
          </a>
        </p>
        <ul>
          <li>You were sent a question? Open the link in that message: it needs no sign-in.</li>
          <li>
            You build on it? Read <a href="/docs">the API</a>.
          </li>
        </ul>
      </section>
    </Layout>
  );
}

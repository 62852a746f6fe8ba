/** The front page for those who are not signed in: what this is, signing in, where to read on. */
import { Layout } from "../page-layout.tsx";
import { SignInForms } from "../sign-in-page.tsx";

export function WelcomePage({ byMail }: { readonly byMail: boolean }) {
  return (
    <Layout title="Restock decisions">
      <section class="card narrow">
        <h1>Stockwarden</h1>
        <p class="lead">
          It decides what a shop orders, item by item, from stock counts and sales, and asks a person when it is not
          sure enough.
        </p>
        <SignInForms error={null} next="/" byMail={byMail} />
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

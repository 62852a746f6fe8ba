/** Where a key is exchanged for a session. */
import { Layout } from "./page-layout.tsx";

export function SignInPage({ error, next }: { error: string | null; next: string }) {
  return (
    <Layout title="Sign in">
      <section class="card narrow">
        <h1>Review inbox</h1>
        <p class="soft">
          Sign in with a key that has the scope “review”. It is exchanged for a session of 12 hours on this device and
          not kept.
        </p>
        <form method="post" action="/inbox/sign-in">
          <input type="hidden" name="next" value={next} />
          <label for="key">
            Key
            <input
              id="key"
              name="key"
              type="password"
              autocomplete="current-password"
              required
              aria-describedby="key-error"
              aria-invalid={error === null ? "false" : "true"}
            />
          </label>
          <p class="error" id="key-error" role="alert">
            {error ?? ""}
          </p>
          <button class="primary" type="submit">
            Sign in
          </button>
        </form>
      </section>
    </Layout>
  );
}

/** Where people sign in: by a mailed link, or with a key. */
import { Layout } from "./page-layout.tsx";

interface FormsProps {
  /** Why the key signs nobody in. */
  readonly error: string | null;
  readonly next: string;
  /** Links can be mailed. */
  readonly byMail: boolean;
}

interface SignInProps extends FormsProps {
  /** A form was sent after the session had ended. */
  readonly isOver?: boolean;
}

export function SignInPage({ isOver = false, error, next, byMail }: SignInProps) {
  return (
    <Layout title="Sign in">
      <section class="card narrow">
        <h1>Sign in</h1>
        {isOver ? (
          <p class="notice amber" role="status">
            You are no longer signed in, so nothing was changed. Sign in, then do it again.
          </p>
        ) : null}
        <SignInForms error={error} next={next} byMail={byMail} />
      </section>
    </Layout>
  );
}

export function SignInForms({ error, next, byMail }: FormsProps) {
  return (
    <>
      {byMail ? (
        <>
          <p class="soft">A link is mailed to you. It signs you in once, for 12 hours on this device.</p>
          <form method="post" action="/sign-in">
            <input type="hidden" name="next" value={next} />
            <label for="email">
              Your e-mail address
              <input id="email" name="email" type="email" autocomplete="email" required />
            </label>
            <button class="primary" type="submit">
              Mail me a link
            </button>
          </form>
          <h2>With a key</h2>
        </>
      ) : null}
      <p class="soft">
        You get one from whoever runs Stockwarden; on your own machine, npm start prints it. It signs you in for 12
        hours on this device and is not kept.
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
    </>
  );
}

/** What a mailed link opens: the click signs in, opening does not. */
export function LinkPage({ name, action }: { name: string; action: string }) {
  return (
    <Layout title="Sign in">
      <section class="card narrow">
        <h1>Sign in as {name}</h1>
        <p class="soft">For 12 hours on this device. The link is good once.</p>
        <form method="post" action={action}>
          <button class="primary" type="submit">
            Sign in
          </button>
        </form>
      </section>
    </Layout>
  );
}

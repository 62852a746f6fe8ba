/** For the reader of a forwarded link: whose it is, and how to get their own. */
export interface OwnLinkForm {
  /** Whom the link was made for. */
  readonly name: string;
  readonly action: string;
}

export function OwnLink({ name, action }: OwnLinkForm) {
  return (
    <details class="card">
      <summary>This link is {name}’s. You are somebody else?</summary>
      <form method="post" action={action}>
        <p class="small soft">
          What is answered here counts as the answer of {name}. If you may answer, a link of your own is mailed to you.
        </p>
        <div class="with-button">
          <label for="own">
            Your e-mail address
            <input id="own" name="own" type="email" autocomplete="email" required />
          </label>
          <button class="plain" type="submit">
            Send me my own
          </button>
        </div>
      </form>
    </details>
  );
}

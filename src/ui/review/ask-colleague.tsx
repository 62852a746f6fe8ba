/** Asks a colleague: the question goes to them as well, with a link in their own name. */
export interface AskForm {
  /** Where it posts to. */
  readonly action: string;
  readonly csrf: string | null;
  readonly colleagues: readonly { readonly personId: string; readonly name: string }[];
}

/** With more names a list replaces the buttons. */
const MOST_BUTTONS = 6;

export function AskColleague({ action, csrf, colleagues }: AskForm) {
  if (colleagues.length === 0)
    return (
      <p class="small soft">
        No colleague can be asked yet: an administrator sets up mail, and adds people by the API, as{" "}
        <code>PUT /people/ben</code> with name and email.
      </p>
    );
  return (
    <section class="card no-print" aria-labelledby="ask">
      <h2 id="ask">Not sure? Ask a colleague</h2>
      <form method="post" action={action}>
        {csrf === null ? null : <input type="hidden" name="csrf" value={csrf} />}
        <label for="note">
          <span>
            Note <span class="small soft">(optional, in their mail)</span>
          </span>
          <input id="note" name="note" maxlength={500} autocomplete="off" />
        </label>
        {colleagues.length > MOST_BUTTONS ? (
          <div class="with-button">
            <label for="colleague">
              Colleague
              <select id="colleague" name="colleague">
                {colleagues.map(({ personId, name }) => (
                  <option value={personId}>{name}</option>
                ))}
              </select>
            </label>
            <button class="plain" type="submit" name="ask" value="">
              Ask
            </button>
          </div>
        ) : (
          <p class="row">
            {colleagues.map(({ personId, name }) => (
              <button class="plain" type="submit" name="ask" value={personId}>
                Ask {name}
              </button>
            ))}
          </p>
        )}
        <p class="small soft">They get the question by mail, with a link in their own name. Yours stays open.</p>
      </form>
    </section>
  );
}

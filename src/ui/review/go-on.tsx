/** Where to go after an answer. */
export interface AfterAnswer {
  readonly next: { readonly href: string; readonly title: string } | null;
  /** On the page of a link: where its recipient can have their next question mailed; null = none waits. */
  readonly mailNext: { readonly action: string; readonly step: string } | null;
  readonly itemHref: string | null;
  /** Where somebody who signs in can order what nobody answered; null = not on this page, or no longer. */
  readonly orderHref: string | null;
  /** Takes the answer back, or orders after all what nobody answered; null = neither can be done here. */
  readonly press: {
    readonly label: "Take it back" | "Order now";
    readonly action: string;
    /** Null on the page of a link, which has no session. */
    readonly csrf: string | null;
    readonly step: string;
    readonly says: string;
  } | null;
}

export function GoOn({ next, mailNext, itemHref }: Pick<AfterAnswer, "next" | "mailNext" | "itemHref">) {
  return (
    <>
      {mailNext === null ? null : (
        <form class="inline" method="post" action={mailNext.action}>
          <button class="primary" type="submit" name="step" value={mailNext.step}>
            Mail me the next question
          </button>
          <span class="small soft">
            It goes to the address that this link was made for. To go on here without mail, sign in to the inbox.
          </span>
        </form>
      )}
      <p class="row">
        {next === null ? null : (
          <a class="button primary" href={next.href}>
            Next: {next.title}
          </a>
        )}
        {itemHref === null ? null : <a href={itemHref}>See the item</a>}
        <a href="/inbox">Go to the inbox</a>
      </p>
    </>
  );
}

/**
 * What a person may do with an order: type quantities, top up, add an article, approve, send, cancel, book what came.
 */
import type { OrderDocument } from "../../purchasing/order/order-document.ts";
import type { TopUpOffer } from "../../purchasing/order/top-up.ts";
import { isOpen as isOpenOrder } from "../../purchasing/order/totals.ts";
import { AWAITING_GOODS } from "../../purchasing/order/types.ts";
import { Charts } from "../charts.tsx";
import { Lines } from "./order-lines.tsx";
import type { OrderForm, OrderPageProps } from "./order-view.ts";
import { NumberHead } from "../number-head.tsx";

const FINAL = "This cannot be taken back.";

export function Editing(props: OrderPageProps & { readonly form: OrderForm }) {
  const { order, form, topUp, document } = props;
  const isOpen = form.mayLower && isOpenOrder(order);
  const isPlaced = AWAITING_GOODS.has(order.status);
  return (
    <form method="post" action={form.action}>
      {form.csrf === null ? null : <input type="hidden" name="csrf" value={form.csrf} />}
      <input type="hidden" name="revision" value={String(order.revision)} />
      {/* Enter in a field means the first button of the form: the one that only keeps what was typed. */}
      {isOpen ? (
        <button name="do" value="save" class="by-enter" tabindex={-1} aria-hidden="true">
          Save quantities
        </button>
      ) : null}
      <Lines {...props} />
      {props.looked === null ? null : <Looked looked={props.looked} document={document} />}
      {isOpen ? (
        <>
          {topUp.length === 0 ? null : <TopUps topUp={topUp} document={document} />}
          {form.mayDecide ? <AddArticle {...props} /> : null}
          <Decide {...props} />
        </>
      ) : null}
      {isPlaced && form.mayReceive ? <GoodsCame mayCancel={form.mayLower} /> : null}
    </form>
  );
}

/** The chart of the article whose name was pressed. */
function Looked({
  looked,
  document,
}: {
  readonly looked: NonNullable<OrderPageProps["looked"]>;
  readonly document: OrderDocument;
}) {
  return (
    <section class="card no-print" aria-labelledby="looked">
      <h2 id="looked">
        {looked.name}
        {looked.quantity === null ? "" : ` with ${document.formats.quantity(looked.quantity)}`}
      </h2>
      <div class="charts">
        <Charts chart={looked.chart} formats={document.formats} />
      </div>
    </section>
  );
}

function AddArticle({ typed, errors, document }: Pick<OrderPageProps, "typed" | "errors" | "document">) {
  const added = typed.get("add_product")?.trim();
  const wrongAdd =
    added === undefined || document.lines.some(({ productId }) => productId === added) ? undefined : errors.get(added);
  return (
    <section class="card no-print">
      <h2>Add an article</h2>
      <div class="fields">
        <label>
          Product id
          <input name="add_product" value={typed.get("add_product")} autocomplete="off" />
        </label>
        <label>
          Units
          <input name="add_quantity" value={typed.get("add_quantity")} inputmode="decimal" autocomplete="off" />
        </label>
      </div>
      {wrongAdd === undefined ? null : <p class="error">{wrongAdd}</p>}
      <p>
        <button class="plain" name="do" value="save">
          Add
        </button>
      </p>
    </section>
  );
}

/** `data-sure`: what script asks before the button does it. */
function Decide({
  order: { status },
  document,
  form: { mails, mayDecide },
}: OrderPageProps & { readonly form: OrderForm }) {
  const send = mails ? "Send order" : "Mark as placed";
  const what = mails ? "is mailed now." : "has no address here: nobody is mailed.";
  return (
    <div class="answer order-answer no-print" role="group" aria-labelledby="order">
      <button class="plain" name="do" value="save">
        Save quantities
      </button>
      {status === "approved" || !mayDecide ? null : (
        <button class="plain" name="do" value="approve">
          Approve
        </button>
      )}
      {mayDecide ? (
        <button class="primary" name="do" value="send" data-sure={`${send}? ${document.supplier} ${what}`}>
          {send}
        </button>
      ) : null}
      <button class="danger" name="do" value="cancel" data-sure={`Cancel the whole order? ${FINAL}`}>
        Cancel order
      </button>
    </div>
  );
}

function GoodsCame({ mayCancel }: { readonly mayCancel: boolean }) {
  return (
    <section class="card no-print">
      <h2>Goods came</h2>
      <label>
        Delivery note
        <input name="reference" autocomplete="off" />
        <span class="small soft">The same delivery note counts once.</span>
      </label>
      <p class="row">
        <button class="primary" name="do" value="receive">
          Book what came
        </button>
        {mayCancel ? (
          <button class="danger" name="do" value="cancel" data-sure={`Cancel what has not come? ${FINAL}`}>
            Cancel the rest
          </button>
        ) : null}
      </p>
    </section>
  );
}

function TopUps({ topUp, document }: { readonly topUp: readonly TopUpOffer[]; readonly document: OrderDocument }) {
  const { formats, minimum } = document;
  return (
    <section class="card no-print">
      <h2>To reach the minimum{minimum === null ? "" : `, ${formats.money(minimum.shortBy)} more`}</h2>
      <p class="soft small">What costs least to hold for what it is worth comes first.</p>
      <div class="scroll">
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">Article</th>
              <NumberHead>Add</NumberHead>
              <NumberHead>Worth</NumberHead>
              <NumberHead>Costs to hold</NumberHead>
              <td></td>
            </tr>
          </thead>
          <tbody>
            {topUp.slice(0, 8).map(({ productId, name, quantity, value, extraCost }) => {
              const line = document.lines.find((each) => each.productId === productId);
              return (
                <tr>
                  <td>{line?.name ?? name ?? productId}</td>
                  <td class="n" data-label="Add">
                    {formats.quantity(quantity)}
                  </td>
                  <td class="n" data-label="Worth">
                    {formats.money(value)}
                  </td>
                  <td class="n" data-label="Costs to hold">
                    {formats.money(Math.round(extraCost * 100) / 100)}
                  </td>
                  <td>
                    <button
                      class="plain small"
                      aria-label={`Add ${formats.quantity(quantity)} of ${line?.name ?? name ?? productId}`}
                      name="do"
                      value={`add:${(line?.quantity ?? 0) + quantity}:${productId}`}
                    >
                      Add
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

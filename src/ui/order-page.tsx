/**
 * One purchase order: its lines, which can be edited in place, top-ups, documents and history. Works without script: every
 * button submits the one form. Printed, it is the order: forms go, heads repeat on each page.
 */
import type { ChartData } from "../review/chart-data.ts";
import { quantityWords, type DocumentLine, type OrderDocument } from "../purchasing/order/order-document.ts";
import { eventText, needsText } from "../purchasing/order/order-words.ts";
import type { TopUp } from "../purchasing/order/top-up.ts";
import type { PurchaseOrder } from "../purchasing/order/types.ts";
import { formatsOf } from "../review/formats.ts";
import { percentText, quantityText } from "../review/wording.ts";
import { Charts } from "./charts.tsx";
import { Status } from "./orders-page.tsx";
import { Layout, type LayoutProps } from "./page-layout.tsx";
import { Fact } from "./page-parts.tsx";

/** What was typed into the order's form: text by product. */
export type TypedQuantities = ReadonlyMap<string, string>;

export interface OrderForm {
  readonly action: string;
  readonly csrf: string | null;
  /** Lines may be edited, the order approved, sent and cancelled. */
  readonly mayDecide: boolean;
  /** Goods may be received. */
  readonly mayReceive: boolean;
}

export interface OrderPageProps {
  readonly order: PurchaseOrder;
  readonly document: OrderDocument;
  readonly topUp: readonly TopUp[];
  readonly form: OrderForm | null;
  readonly typed: TypedQuantities;
  /** By product: why a typed quantity cannot be ordered. */
  readonly errors: ReadonlyMap<string, string>;
  readonly notice: { readonly tone: "green" | "amber" | "red"; readonly title: string; readonly text: string } | null;
  /** The chart of one line, for the quantity that was typed. */
  readonly looked: { readonly name: string; readonly quantity: number | null; readonly chart: ChartData } | null;
  /** Why this reader may look but not act; null when they may, or there is nothing to do. */
  readonly whyNot: string | null;
  readonly files: boolean;
  readonly session: NonNullable<LayoutProps["session"]> | null;
}

export function OrderPage(props: OrderPageProps) {
  const { order, document, form, notice, whyNot, session } = props;
  const { words, minimum } = document;
  const title = `Order ${order.number ?? `from ${document.supplier}`}`;
  return (
    <Layout title={title} session={session}>
      <div class="row between">
        <h1>{title}</h1>
        <Status order={order} />
      </div>
      <p class="where">
        {document.supplier} delivers to {document.buyer}
      </p>
      {notice === null ? null : (
        <div class={`notice ${notice.tone}`} role="status">
          <strong>{notice.title}</strong>
          <p>{notice.text}</p>
        </div>
      )}
      <Trouble order={order} />
      {order.status === "awaiting_approval" ? (
        <div class="notice amber">
          <strong>Why you are asked</strong>
          {order.needs.map((need) => (
            <p>{needsText(need, document)}</p>
          ))}
        </div>
      ) : null}
      <section class="card">
        <dl class="facts">
          <Fact name="Value" value={`${words.money(document.value)}${document.hasUnknownValue ? " +" : ""}`} />
          {minimum === null ? null : (
            <Fact
              name="Minimum"
              value={words.money(minimum.value)}
              more={minimum.met ? "met" : `${words.money(minimum.shortBy)} short`}
            />
          )}
          {order.sentAt === null ? (
            <Fact name="Closes" value={words.moment(order.orderBy)} />
          ) : (
            <Fact name="Sent" value={words.moment(order.sentAt)} />
          )}
          <Fact name="Arrives" value={words.day(order.arrivesOn)} />
          {order.supplierReference === null ? null : (
            <Fact name="Supplier's reference" value={order.supplierReference} />
          )}
          {order.approvalsNeeded > 1 && order.approvals.length < order.approvalsNeeded ? (
            <Fact name="Approvals" value={`${order.approvals.length} of ${order.approvalsNeeded}`} />
          ) : null}
        </dl>
        {props.files ? (
          <p class="row no-print">
            <a href={`/orders/${order.id}/order.csv`}>CSV</a>
            <a href={`/orders/${order.id}/order.xlsx`}>Excel</a>
          </p>
        ) : null}
      </section>
      {whyNot === null ? null : <p class="notice">{whyNot}</p>}
      {form === null ? <Lines {...props} form={null} /> : <Editing {...props} form={form} />}
      <History order={order} document={document} />
    </Layout>
  );
}

/** What went wrong outside: the mail to the supplier, above all. */
function Trouble({ order }: Pick<OrderPageProps, "order">) {
  const failed = order.deliveries.filter(({ status, purpose }) => status === "parked" && purpose === "sent");
  if (failed.length === 0) return null;
  return (
    <div class="notice red" role="alert">
      <strong>The supplier may not have this order</strong>
      {failed.map(({ channel, error }) => (
        <p>
          {channel === "supplier" ? "The mail to the supplier" : "The webhook"} failed: {error ?? "no answer"}. Download
          the order and send it yourself, or have it sent again.
        </p>
      ))}
    </div>
  );
}

function Editing(props: OrderPageProps & { readonly form: OrderForm }) {
  const { order, form, topUp, document } = props;
  const isOpen = form.mayDecide && ["draft", "awaiting_approval", "approved"].includes(order.status);
  const isPlaced = ["sent", "confirmed", "part_received"].includes(order.status);
  return (
    <form method="post" action={form.action}>
      {form.csrf === null ? null : <input type="hidden" name="csrf" value={form.csrf} />}
      <input type="hidden" name="revision" value={String(order.revision)} />
      <Lines {...props} />
      {props.looked === null ? null : (
        <section class="card no-print" aria-labelledby="looked">
          <h2 id="looked">
            {props.looked.name}
            {props.looked.quantity === null ? "" : ` with ${quantityText(props.looked.quantity)}`}
          </h2>
          <div class="charts">
            <Charts chart={props.looked.chart} formats={formatsOf({ locale: document.words.lang })} />
          </div>
        </section>
      )}
      {isOpen ? (
        <>
          {topUp.length === 0 ? null : <TopUps topUp={topUp} order={order} document={document} />}
          <section class="card no-print">
            <h2>Add an article</h2>
            <div class="fields">
              <label>
                Product id
                <input name="add_product" autocomplete="off" />
              </label>
              <label>
                Units
                <input name="add_quantity" inputmode="decimal" autocomplete="off" />
              </label>
            </div>
          </section>
          <div class="answer order-answer no-print">
            <button class="plain" name="do" value="save">
              Save quantities
            </button>
            {order.status === "approved" ? null : (
              <button class="plain" name="do" value="approve">
                Approve
              </button>
            )}
            <button class="primary" name="do" value="send">
              Send order
            </button>
            <button class="danger" name="do" value="cancel">
              Cancel order
            </button>
          </div>
        </>
      ) : null}
      {isPlaced && form.mayReceive ? (
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
            {form.mayDecide ? (
              <button class="danger" name="do" value="cancel">
                Cancel the rest
              </button>
            ) : null}
          </p>
        </section>
      ) : null}
    </form>
  );
}

type LinesProps = Omit<OrderPageProps, "form"> & { readonly form: OrderForm | null };

function Lines({ order, document, typed, errors, form }: LinesProps) {
  const isOpen = form?.mayDecide === true && ["draft", "awaiting_approval", "approved"].includes(order.status);
  const isPlaced = form?.mayReceive === true && ["sent", "confirmed", "part_received"].includes(order.status);
  const { words, lines } = document;
  return (
    <section class="card" aria-labelledby="lines">
      <h2 id="lines">
        {lines.length} {lines.length === 1 ? "line" : "lines"}
      </h2>
      <div class="scroll">
        <table class="order-lines">
          <thead>
            <tr>
              <th scope="col">Article</th>
              <th scope="col" class="n">
                {isOpen ? "Units" : "Order"}
              </th>
              {isOpen ? null : (
                <th scope="col" class="n">
                  Units
                </th>
              )}
              <th scope="col" class="n">
                Price
              </th>
              <th scope="col" class="n">
                Value
              </th>
              {order.sentAt === null ? null : (
                <th scope="col" class="n">
                  {isPlaced ? "Came now" : "Came"}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr>
                <td>
                  <Article line={line} order={order} canLook={isOpen} />
                </td>
                {isOpen ? (
                  <td class="n">
                    <input
                      class="units"
                      name={`q:${line.productId}`}
                      value={typed.get(line.productId) ?? String(line.quantity)}
                      inputmode="decimal"
                      autocomplete="off"
                      aria-label={`Units of ${line.name}`}
                      aria-invalid={errors.has(line.productId) ? "true" : undefined}
                    />
                    {line.orderUnits === null ? null : <small class="soft">{quantityWords(line, words)}</small>}
                    {errors.has(line.productId) ? <span class="error small">{errors.get(line.productId)}</span> : null}
                  </td>
                ) : (
                  <>
                    <td class="n">{quantityWords(line, words)}</td>
                    <td class="n">{words.quantity(line.quantity)}</td>
                  </>
                )}
                <td class="n">{line.unitCost === null ? "" : words.price(line.unitCost)}</td>
                <td class="n">{line.value === null ? "" : words.money(line.value)}</td>
                {order.sentAt === null ? null : (
                  <td class="n">
                    {isPlaced ? (
                      <input
                        class="units"
                        name={`r:${line.productId}`}
                        value={typed.get(line.productId) ?? String(Math.max(0, line.quantity - line.received))}
                        inputmode="decimal"
                        autocomplete="off"
                        aria-label={`Units of ${line.name} that came`}
                      />
                    ) : null}
                    {line.received === 0 && isPlaced ? null : (
                      <small class="soft">
                        {words.quantity(line.received)} of {words.quantity(line.quantity)}
                      </small>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>Total{document.hasUnknownValue ? " of the lines with a known price" : ""}</td>
              <td class="n" colspan={isOpen ? 3 : 4}>
                <strong>{words.money(document.value)}</strong>
              </td>
              {order.sentAt === null ? null : <td></td>}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

function Article({
  line,
  order,
  canLook,
}: {
  readonly line: DocumentLine;
  readonly order: PurchaseOrder;
  readonly canLook: boolean;
}) {
  const { fact, firmQuantity, quantity } = line.line;
  const isFirm = order.sentAt === null && firmQuantity >= quantity;
  return (
    <>
      <strong>{line.name}</strong> {isFirm ? <span class="badge green no-print">firm</span> : null}
      <small class="soft codes">
        {[
          line.supplierSku === null ? null : `code ${line.supplierSku}`,
          line.gtin === null ? null : `GTIN ${line.gtin}`,
          line.name === line.productId ? null : line.productId,
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </small>
      {fact.reason === null || order.sentAt !== null ? null : (
        <small class="soft no-print">
          {fact.confidence === null ? "" : `${percentText(fact.confidence)} confident. `}
          {fact.reason}
        </small>
      )}
      {canLook ? (
        <button class="linklike small no-print" name="do" value={`look:${line.productId}`}>
          What this does to stock
        </button>
      ) : null}
    </>
  );
}

function TopUps({
  topUp,
  order,
  document,
}: {
  readonly topUp: readonly TopUp[];
  readonly order: PurchaseOrder;
  readonly document: OrderDocument;
}) {
  const { words, minimum } = document;
  return (
    <section class="card no-print">
      <h2>To reach the minimum{minimum === null ? "" : `, ${words.money(minimum.shortBy)} more`}</h2>
      <p class="soft small">What costs least to hold for what it is worth comes first.</p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Article</th>
              <th class="n">Add</th>
              <th class="n">Worth</th>
              <th class="n">Costs to hold</th>
              <th></th>
            </tr>
          </thead>
          <tbody>
            {topUp.slice(0, 8).map(({ productId, quantity, value, extraCost }) => {
              const line = document.lines.find((each) => each.productId === productId);
              return (
                <tr>
                  <td>{line?.name ?? productId}</td>
                  <td class="n">{words.quantity(quantity)}</td>
                  <td class="n">{words.money(value)}</td>
                  <td class="n">{words.money(Math.round(extraCost * 100) / 100)}</td>
                  <td>
                    <button
                      class="plain small"
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
      <input type="hidden" name="order" value={order.id} />
    </section>
  );
}

function History({ order, document }: Pick<OrderPageProps, "order" | "document">) {
  return (
    <details class="card no-print">
      <summary>History</summary>
      <ul>
        {order.audit.map(({ at, event, actor, channel, detail }) => (
          <li>
            <time datetime={new Date(at).toISOString()}>{document.words.moment(at)}</time>: {eventText(event)}
            {channel === undefined ? "" : ` by ${actor}`}
            {detail === undefined ? null : <span class="soft"> ({detail})</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

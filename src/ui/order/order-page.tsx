/**
 * One purchase order: its lines, which can be edited in place, top-ups, documents and history. Works without script:
 * every button submits the one form. Printed, it is the order: forms go, heads repeat on each page.
 */
import { worthWords } from "../../purchasing/order/order-document.ts";
import { eventText, whyAsked } from "../../purchasing/order/order-words.ts";
import { Editing } from "./order-editing.tsx";
import { Lines } from "./order-lines.tsx";
import type { OrderPageProps } from "./order-view.ts";
import { Status } from "./orders-page.tsx";
import { Layout } from "../page-layout.tsx";
import { Fact } from "../page-parts.tsx";

export function OrderPage(props: OrderPageProps) {
  const { order, document, form, notice, whyNot, session } = props;
  const { formats, minimum } = document;
  const title = `Order ${order.number ?? `from ${document.supplier}`}`;
  return (
    <Layout title={title} place="Orders" session={session} here="">
      <div class="row between">
        <h1 id="order">{title}</h1>
        <Status order={order} waitsFor={props.waitsFor} />
      </div>
      <p class="where">
        {document.supplier} delivers to {document.buyer}
      </p>
      {notice === null ? null : (
        <div class={`notice ${notice.tone}`} role="status" tabindex={-1} autofocus={props.errors.size === 0}>
          <strong>{notice.title}</strong>
          <p>{notice.text}</p>
        </div>
      )}
      <Trouble order={order} />
      {order.status === "awaiting_approval" ? (
        <div class="notice amber">
          <strong>{props.waitsFor === "you" ? "Why you are asked" : "Why somebody is asked"}</strong>
          {whyAsked(order, document).map((reason) => (
            <p>{reason}</p>
          ))}
        </div>
      ) : null}
      <section class="card">
        <dl class="facts">
          <Fact name="Value" value={worthWords(document)} />
          {minimum === null || order.sentAt !== null ? null : (
            <Fact
              name="Minimum"
              value={formats.money(minimum.value)}
              more={minimum.met ? "met" : `${formats.money(minimum.shortBy)} short`}
            />
          )}
          {order.sentAt === null ? (
            <Fact name="Closes" value={formats.time(order.orderBy)} />
          ) : (
            <Fact
              name={order.sending?.emails === null ? "Marked as placed" : "Sent"}
              value={formats.fullTime(order.sentAt)}
            />
          )}
          <Fact
            name="Arrives"
            value={order.sentAt === null ? formats.date(document.expectedOn) : formats.fullDate(document.expectedOn)}
            more={document.expectedOn === order.arrivesOn ? null : `ordered for ${formats.date(order.arrivesOn)}`}
          />
          {order.supplierReference === null ? null : (
            <Fact name="Supplier's reference" value={order.supplierReference} />
          )}
          {order.approvalsNeeded > 1 && order.approvals.length < order.approvalsNeeded ? (
            <Fact name="Approvals" value={`${order.approvals.length} of ${order.approvalsNeeded}`} />
          ) : null}
        </dl>
        {props.closing === null ? null : <p class="soft no-print">{props.closing}</p>}
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

/** Failed deliveries, above all of the mail to the supplier. */
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

function History({ order, document }: Pick<OrderPageProps, "order" | "document">) {
  return (
    <details class="card no-print">
      <summary>History</summary>
      <ul>
        {order.audit.map(({ at, event, actor, channel, detail }) => (
          <li>
            <time datetime={new Date(at).toISOString()}>{document.formats.fullTime(at)}</time>: {eventText(event)}
            {channel === undefined ? "" : ` by ${actor}`}
            {detail === undefined ? null : <span class="soft"> ({detail})</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

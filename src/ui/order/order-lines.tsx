/** The lines of an order: to read, to edit while it is open, to book against once it is sent. */
import { quantityWords, type DocumentLine, type OrderDocument } from "../../purchasing/order/order-document.ts";
import { isOpen as isOpenOrder } from "../../purchasing/order/totals.ts";
import { AWAITING_GOODS, type PurchaseOrder } from "../../purchasing/order/types.ts";
import { percentText, proseOf, unbroken } from "../../review/wording.ts";
import type { Formats } from "../../shared/formats.ts";
import type { OrderForm, OrderPageProps } from "./order-view.ts";
import { NumberHead } from "../number-head.tsx";

type LinesProps = Omit<OrderPageProps, "form"> & { readonly form: OrderForm | null };

export function Lines({ order, document, typed, errors, form }: LinesProps) {
  const isOpen = form?.mayLower === true && isOpenOrder(order);
  const isPlaced = form?.mayReceive === true && AWAITING_GOODS.has(order.status);
  const { formats, lines } = document;
  const firstWrong = lines.find(({ productId }) => errors.has(productId));
  // The printed order for the supplier has no column for received units.
  const came = lines.some(({ received }) => received > 0) ? "n came" : "n came no-print";
  return (
    <section class="card" aria-labelledby="lines">
      <h2 id="lines">
        {lines.length} {lines.length === 1 ? "line" : "lines"}
      </h2>
      <div class="scroll">
        <table class={isOpen ? "order-lines" : "order-lines reads"}>
          <thead>
            <tr>
              <th scope="col">Article</th>
              <NumberHead>{isOpen ? "Units" : "Order"}</NumberHead>
              {isOpen ? null : <NumberHead>Units</NumberHead>}
              <NumberHead>Price</NumberHead>
              <NumberHead>Value</NumberHead>
              {order.sentAt === null ? null : (
                <th scope="col" class={came}>
                  {isPlaced ? "Came now" : "Came"}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr>
                <td>
                  <Article line={line} order={order} document={document} canLook={isOpen} />
                </td>
                {isOpen ? (
                  <UnitsField
                    line={line}
                    formats={formats}
                    typed={typed}
                    errors={errors}
                    hasFocus={line === firstWrong}
                  />
                ) : (
                  <>
                    <td class={line.orderUnits === null ? "n same" : "n"}>{quantityWords(line, formats)}</td>
                    <td class="n" data-label="Units">
                      {formats.quantity(line.quantity)}
                    </td>
                  </>
                )}
                <td class="n" data-label="Price">
                  {line.unitCost === null ? "–" : formats.price(line.unitCost)}
                </td>
                <td class="n" data-label="Value">
                  {line.value === null ? "–" : formats.money(line.value)}
                </td>
                {order.sentAt === null ? null : (
                  <td class={came} data-label={isPlaced ? "Came now" : "Came"}>
                    <Came line={line} formats={formats} typed={typed} isBooked={isPlaced} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>Total{document.hasUnknownValue ? " of the lines with a known price" : ""}</td>
              <td class="n" colspan={isOpen ? 3 : 4}>
                <strong>{lines.every(({ value }) => value === null) ? "–" : formats.money(document.value)}</strong>
              </td>
              {order.sentAt === null ? null : <td class={came}></td>}
            </tr>
          </tfoot>
        </table>
      </div>
      {order.sentAt === null && lines.some(isFirm) ? (
        <p class="small soft no-print">
          Firm: set or approved by a person, so the service leaves these units as they are.
        </p>
      ) : null}
    </section>
  );
}

interface LineProps extends Pick<LinesProps, "typed"> {
  readonly line: DocumentLine;
  readonly formats: Formats;
}

/** The units to order, with what is wrong about those that were typed. */
function UnitsField({
  line,
  formats,
  typed,
  errors,
  hasFocus,
}: LineProps & Pick<LinesProps, "errors"> & { readonly hasFocus: boolean }) {
  const error = errors.get(line.productId);
  return (
    <td class="n">
      <input
        class="units"
        name={`q:${line.productId}`}
        value={typed.get(line.productId) ?? formats.typed(line.quantity)}
        inputmode="decimal"
        autocomplete="off"
        aria-label={`Units of ${line.name}`}
        aria-invalid={error === undefined ? undefined : "true"}
        aria-describedby={error === undefined ? undefined : `error-${line.position}`}
        autofocus={hasFocus}
      />
      {line.orderUnits === null ? null : <small class="soft">{quantityWords(line, formats)}</small>}
      {error === undefined ? null : (
        <small class="error" id={`error-${line.position}`}>
          {error}
        </small>
      )}
    </td>
  );
}

/** What came of a line so far; `isBooked`: with a field for what came now. */
function Came({ line, formats, typed, isBooked }: LineProps & { readonly isBooked: boolean }) {
  return (
    <>
      {isBooked ? (
        <input
          class="units no-print"
          name={`r:${line.productId}`}
          value={typed.get(line.productId) ?? formats.typed(Math.max(0, line.quantity - line.received))}
          inputmode="decimal"
          autocomplete="off"
          aria-label={`Units of ${line.name} that came`}
        />
      ) : null}
      {line.received === 0 && isBooked ? null : (
        <small class="soft">
          {formats.quantity(line.received)} of {formats.quantity(line.quantity)}
          {isBooked ? " came" : ""}
        </small>
      )}
    </>
  );
}

function isFirm({ line: { firmQuantity, quantity } }: DocumentLine): boolean {
  return firmQuantity >= quantity;
}

function Article({
  line,
  order,
  document: { formats, expectedOn },
  canLook,
}: {
  readonly line: DocumentLine;
  readonly document: OrderDocument;
  readonly order: PurchaseOrder;
  readonly canLook: boolean;
}) {
  const { fact } = line.line;
  const comesOn = line.expectedOn ?? order.arrivesOn;
  return (
    <>
      <strong>{line.name}</strong>{" "}
      {order.sentAt === null && isFirm(line) ? <span class="badge green no-print">firm</span> : null}
      <small class="soft codes">
        {[
          line.supplierSku === null ? null : `code ${line.supplierSku}`,
          line.gtin === null ? null : `GTIN ${line.gtin}`,
          line.name === line.productId ? null : line.productId,
        ]
          .filter((part) => part !== null)
          .join(" · ")}
      </small>
      {comesOn === expectedOn || line.received >= line.quantity ? null : (
        <small class="soft">arrives {formats.date(comesOn)}</small>
      )}
      {fact.reason === null || order.sentAt !== null ? null : (
        <small class="soft no-print">
          {fact.confidence === null ? "" : `${percentText(fact.confidence)} confident. `}
          {unbroken(proseOf(fact.reason, formats))}
        </small>
      )}
      {canLook ? (
        <button
          class="linklike small no-print"
          name="do"
          value={`look:${line.productId}`}
          aria-label={`What this does to stock: ${line.name}`}
        >
          What this does to stock
        </button>
      ) : null}
    </>
  );
}

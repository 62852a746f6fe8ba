/**
 * The mail that is the order. Text and HTML carry the same facts in the same order. Like our other mails, the HTML sets
 * no page colour, so a mail client's dark mode keeps it readable.
 */
import { Heading, mailDocument, RULE } from "../../review/mail/mail-parts.tsx";
import type { Child } from "hono/jsx";
import { singleLine } from "../../review/safe-text.ts";
import { SUBJECT_MAX_LENGTH, type MailContent } from "../../review/mail/mailer.ts";
import { amountWords, type DocumentLine, type OrderDocument } from "../order/order-document.ts";

const TEXT_MAX_LENGTH = 300;

export function orderMail(order: OrderDocument): MailContent {
  const { formats, number, buyer, supplier, lines } = order;
  const title = `Purchase order ${number ?? ""}`;
  const facts = factRows(order);
  const total = order.hasUnknownValue ? "as agreed" : formats.money(order.value);
  return {
    subject: singleLine(
      `${title} from ${buyer}, ${lines.length} ${lines.length === 1 ? "line" : "lines"}, delivery ` +
        `${formats.fullDate(order.arrivesOn)}`,
      SUBJECT_MAX_LENGTH,
    ),
    text: [
      title,
      "",
      ...facts.map(([name, value]) => `${name}: ${value}`),
      "",
      ...lines.flatMap((line) => textLine(line, order)),
      `Total: ${total}`,
      "",
      `Please confirm this order by an answer to this mail, with the number ${number ?? ""}.`,
      "The order is attached as CSV and as XLSX.",
      "",
      clean(buyer),
    ].join("\n"),
    html: mailDocument(
      <>
        <p style="margin:0 0 4px;font-size:13px;opacity:.75">
          {clean(buyer)} orders from {clean(supplier)}
        </p>
        <Heading>{title}</Heading>
        <table cellpadding="0" cellspacing="0" style="margin:0 0 16px;border-collapse:collapse">
          <tbody>
            {facts.map(([name, value]) => (
              <tr>
                <th scope="row" align="left" valign="top" style="padding:4px 24px 4px 0;font-weight:normal;opacity:.75">
                  {name}
                </th>
                <td style="padding:4px 0;font-weight:600">{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table
          cellpadding="0"
          cellspacing="0"
          width="100%"
          style="margin:0 0 16px;border-collapse:collapse;font-size:15px"
        >
          <thead>
            <tr>
              <Head>Your code, article</Head>
              <Head right>Order</Head>
              <Head right>Value</Head>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr>
                <Cell>
                  {line.supplierSku === null ? null : <strong>{clean(line.supplierSku)} </strong>}
                  {clean(line.name)}
                  {line.gtin === null ? null : <Under>GTIN {line.gtin}</Under>}
                </Cell>
                <Cell right>
                  <strong>{clean(amountWords(line, formats))}</strong>
                  {line.orderUnits === null ? null : <Under>{formats.quantity(line.quantity)} units</Under>}
                </Cell>
                <Cell right>
                  {line.value === null ? "" : formats.money(line.value)}
                  {line.unitCost === null ? null : <Under>{formats.price(line.unitCost)} a unit</Under>}
                </Cell>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colspan={2} align="right" style="padding:10px 8px 4px 0">
                Total
              </td>
              <td align="right" style="padding:10px 8px 4px 0;font-weight:700;white-space:nowrap">
                {total}
              </td>
            </tr>
          </tfoot>
        </table>
        <p style="margin:0 0 8px">
          Please confirm this order by an answer to this mail, with the number <strong>{number}</strong>.
        </p>
        <p style="margin:0;font-size:13px;opacity:.75">The order is attached as CSV and as XLSX.</p>
      </>,
      { title, width: 860 },
    ),
  };
}

function factRows({ number, supplier, buyer, orderedAt, arrivesOn, currency, lines, formats }: OrderDocument) {
  return [
    ["Number", number ?? ""],
    ["Buyer", clean(buyer)],
    ["Supplier", clean(supplier)],
    ["Date", orderedAt === null ? "" : formats.fullTime(orderedAt)],
    ["Delivery", formats.fullDate(arrivesOn)],
    ["Lines", String(lines.length)],
    ...(currency === null ? [] : [["Currency", currency] as const]),
  ] as const;
}

function textLine(line: DocumentLine, { formats }: OrderDocument): string[] {
  const codes = [
    ...(line.supplierSku === null ? [] : [`your code ${clean(line.supplierSku)}`]),
    ...(line.gtin === null ? [] : [`GTIN ${line.gtin}`]),
  ];
  const units = line.orderUnits === null ? "" : ` (${formats.quantity(line.quantity)} units)`;
  const price = line.unitCost === null ? "" : `, ${formats.price(line.unitCost)} a unit`;
  const value = line.value === null ? "" : ` = ${formats.money(line.value)}`;
  return [
    `${line.position}. ${clean(line.name)}${codes.length === 0 ? "" : ` (${codes.join(", ")})`}`,
    `   ${clean(amountWords(line, formats))}${units}${price}${value}`,
    "",
  ];
}

function clean(text: string): string {
  return singleLine(text, TEXT_MAX_LENGTH);
}

function Head({ right, children }: { right?: boolean; children?: Child }) {
  return (
    <th
      scope="col"
      align={right ? "right" : "left"}
      valign="bottom"
      style={`padding:6px 8px 6px 0;font-size:13px;font-weight:normal;opacity:.75;border-bottom:2px solid #8a94a6`}
    >
      {children}
    </th>
  );
}

function Under({ children }: { children?: Child }) {
  return <span style="display:block;font-size:12px;opacity:.75">{children}</span>;
}

/** Padding that keeps the table narrow enough for a phone. */
function Cell({ right, children }: { right?: boolean; children?: Child }) {
  return (
    <td
      align={right ? "right" : "left"}
      valign="top"
      style={`padding:7px 8px 7px 0;${RULE}${right ? "white-space:nowrap;" : "word-break:break-word;"}`}
    >
      {children}
    </td>
  );
}

/** Rows that say of themselves whether they are sales or returns. */
import { hasAny, phrases, plainText } from "../text/words.ts";

const RETURNS = new Set(
  phrases(
    "Stornorechnung,Rechnungskorrektur,return,returns,returned,refund,refunds,refunded,credit,credit note," +
      "credit memo,sales return,sale return,customer return,Retoure,Rückgabe,Rücknahme,Gutschrift,Erstattung," +
      "retour,avoir,remboursement,devolución,reembolso,nota de crédito,abono,reso,rimborso,nota di credito," +
      "devolução,estorno,nota de crédito,teruggave,creditnota,creditfactuur,zwrot,korekta,vratka,dobropis," +
      "retur,kreditnota,palautus,iade,возврат,返品,返金,払い戻し,退货,退款,반품,환불",
  ),
);
const SALES = new Set(
  phrases(
    "sale,sales,sold,order,invoice,payment,Verkauf,Rechnung,Bestellung,vente,facture,venta,factura,vendita," +
      "fattura,venda,verkoop,factuur,sprzedaż,faktura,prodej,försäljning,salg,myynti,satış,продажа,売上,販売,销售,판매," +
      "Zahlung,paiement,pago,pagamento,betaling,支払い,お支払い,決済",
  ),
);
/** Papers and movements beside sales. */
const OTHERS = new Set(
  phrases(
    "quote,quotation,offer,estimate,proforma,pro forma,draft,purchase order,goods receipt,adjustment," +
      "stock adjustment,stocktake,transfer,waste,delivery note,Angebot,Kostenvoranschlag,Entwurf,Einkauf," +
      "Wareneingang,Korrektur,Inventur,Umlagerung,Schwund,Lieferschein,devis,bon de livraison,ajustement," +
      "inventaire,transfert,presupuesto,albarán,ajuste,traspaso,preventivo,ddt,rettifica,orçamento," +
      "transferência,offerte,pakbon,correctie,oferta,przesunięcie",
  ),
);
/** Lines of an invoice that are no goods, and the word for those that are. */
const LEDGER = new Set(phrases("G/L Account,Charge (Item),Sachkonto,Compte général,Cuenta contable,Conto"));
const GOODS = new Set(phrases("item,Artikel,article,producto,artículo,articolo,artikel"));
/** Words inside a longer kind: "Sales credit note", "Sale line", "Transfer shipment". A bare "credit" may be a card. */
const RETURNED = phrases(
  "credit note,credit memo,sales return,sale return,return receipt,refund,Gutschrift,Retoure,nota de crédito,nota di " +
    "credito,creditnota",
);
const SOLD = phrases("sale,sales,invoice,Verkauf,Rechnung,vente,facture,venta,factura,vendita,fattura,verkoop");
const MOVED =
  /^(?:transfer|supplier|vendor) |^purchase (?:order|invoice|receipt|return|credit|shipment|line)| adj\w*$/u;
const NOT_SOLD = /^(?:not?|non)(?: an?)? (?:sales?|sold)$/u;
/** Beside sales these are the shop's own movements; elsewhere a purchase is a customer's. */
const MOVED_BESIDE_SALES = /^(?:purchase\b|consumption$|output$)/u;
/** Beside a word for a sale: one that was undone, or is none. Only who exported the file knows what its units say. */
const UNDONE = /\b(?:cancel|void|revers|refunded|returned|failed|test|training|storn|annul|anul)/u;
const NO = /^(?:kein\w*|pas|sin|sans|senza|geen|sem) /u;
const LONGEST_KIND = 40;
const MOST_KINDS = 20;

/** `none` = no sale: an offer, a movement; `unknown` = nobody named it: it may be a sale or none. */
export type RowKind = "sale" | "return" | "none" | "unknown";

/** True when the cells of a column are such words. */
export function saysRowKinds(cells: ReadonlySet<string>): boolean {
  return (
    cells.size > 0 &&
    cells.size <= MOST_KINDS &&
    [...cells].some((cell) => {
      const plain = plainText(cell);
      return rowKind(cell, false) === "return" || SALES.has(plain) || LEDGER.has(plain);
    })
  );
}

/** True when one of the cells says "sale" or "invoice". */
export function saysSales(cells: ReadonlySet<string>): boolean {
  return [...cells].some((cell) => rowKind(cell, false) === "sale" && hasAny(plainText(cell), SOLD));
}

/** @param besideSales other rows of the column say that they are sales. */
export function rowKind(cell: string, besideSales: boolean): RowKind {
  const plain = plainText(cell);
  if (plain === "" || SALES.has(plain) || GOODS.has(plain)) return "sale";
  if (RETURNS.has(plain)) return "return";
  if (OTHERS.has(plain) || LEDGER.has(plain)) return "none";
  if (cell.length > LONGEST_KIND) return "unknown";
  if (MOVED.test(plain) || NOT_SOLD.test(plain) || (besideSales && MOVED_BESIDE_SALES.test(plain))) return "none";
  if (hasAny(plain, RETURNED)) return "return";
  if (!hasAny(plain, SOLD) || UNDONE.test(plain) || NO.test(plain)) return "unknown";
  return [...OTHERS].some((word) => hasAny(plain, [word])) ? "none" : "sale";
}

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
      "transferência,offerte,pakbon,correctie,oferta,przesunięcie,purchase,consumption,output",
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
const MOVED = /^(?:purchase|transfer|supplier|vendor|not?|non) | adj\w*$/u;
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
      return rowKind(cell) === "return" || SALES.has(plain) || LEDGER.has(plain);
    })
  );
}

export function rowKind(cell: string): RowKind {
  const plain = plainText(cell);
  if (plain === "" || SALES.has(plain) || GOODS.has(plain)) return "sale";
  if (RETURNS.has(plain)) return "return";
  if (OTHERS.has(plain) || LEDGER.has(plain)) return "none";
  if (cell.length > LONGEST_KIND) return "unknown";
  if (MOVED.test(plain)) return "none";
  if (hasAny(plain, RETURNED)) return "return";
  if (!hasAny(plain, SOLD)) return "unknown";
  return [...OTHERS].some((word) => hasAny(plain, [word])) ? "none" : "sale";
}

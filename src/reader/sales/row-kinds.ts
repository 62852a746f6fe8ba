/** Rows that say of themselves whether they are sales or returns. */
import { phrases, plainText } from "../text/words.ts";

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
const MOST_KINDS = 20;

/** True when the cells of a column are such words. */
export function saysRowKinds(cells: ReadonlySet<string>): boolean {
  return (
    cells.size > 0 &&
    cells.size <= MOST_KINDS &&
    [...cells].some((cell) => isReturn(cell) || SALES.has(plainText(cell)))
  );
}

export function isNoSale(cell: string): boolean {
  return cell.length <= 40 && OTHERS.has(plainText(cell));
}

/** A kind of row that nobody named: it may be a sale or none. */
export function isUnknownKind(cell: string): boolean {
  return cell !== "" && !isReturn(cell) && !isNoSale(cell) && !SALES.has(plainText(cell));
}

export function isReturn(cell: string): boolean {
  return cell.length <= 40 && RETURNS.has(plainText(cell));
}

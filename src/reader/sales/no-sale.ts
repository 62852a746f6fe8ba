/** States of orders, and kinds of rows, of which nothing was sold. */
import { hasAny, phrases } from "../text/words.ts";

/** States of an order that sold nothing, in the languages of the systems that export them. */
const CANCELLED = [
  "cancell?ed|voided|void|failed|trash|deleted",
  "storniert|storno|abgebrochen",
  "annulee?|annule|cancelad[oa]|anulad[oa]|annullat[oa]",
  "geannuleerd|anulowane|zruseno|avbruten|iptal",
  "отменен|キャンセル|取消|已取消|취소",
  "fehlgeschlagen|echouee?|fallid[oa]|fallit[oa]|falhad[oa]|malsucedido|mislukt|nieudane|neuspesn[aey]|misslyckad",
];
/** Orders that wait to be paid, as WooCommerce writes them in its languages. */
const UNPAID = new Set(
  phrases(
    "payment pending,awaiting payment,Zahlung ausstehend,en attente de paiement,attente paiement," +
      "en attente paiement,pendiente de pago,in attesa di pagamento,pagamento pendente,aguardando pagamento," +
      "wacht op betaling,in afwachting van betaling,oczekujące na płatność,čeká na platbu",
  ),
);
/** Of an order: its goods wait. Those of an invoice are sold, whether it is paid by now or not. */
const UNPAID_ORDER = new Set(phrases("unpaid,unbezahlt"));
/** Nobody has ordered yet, or nobody took the goods. */
const NOT_ORDERED = new Set(
  phrases(
    "quotation,quotation sent,quote,quote sent,offer,estimate,draft,checkout draft,proforma,pro forma,rejected," +
      "declined,refused,abandoned,expired,Angebot,Entwurf,abgelehnt,abgelaufen,devis,devis envoyé,brouillon,refusé," +
      "refusée,rejeté,rejetée,expiré,expirée,abandonnée,presupuesto,cotización,borrador,rechazado,rechazada,caducado," +
      "preventivo,bozza,rifiutato,scaduto,orçamento,cotação,rascunho,recusado,rejeitado,expirado,offerte,concept," +
      "geweigerd,afgewezen,verlopen,oferta,szkic,odrzucone,nabídka,koncept,offert,utkast",
  ),
);
const CANCELLED_STATE = new RegExp(`^(?:wc )?(?:${CANCELLED.join("|")})$`, "u");
/** Of its lines some are left. */
const IN_PART = phrases(
  "partial,partially,partly,in part,teilweise,zum Teil,partiel,partielle,partiellement,en partie,parcial," +
    "parcialmente,en parte,em parte,parziale,parzialmente,in parte,gedeeltelijk,częściowo,částečně,delvis",
);
const CANCELLED_SOMEHOW = new RegExp(`^(?:order )?(?:${CANCELLED.join("|")}) `, "u");

/** @param state plain words: of an order, or of a row. */
export function isCancelled(state: string): boolean {
  return CANCELLED_STATE.test(state);
}

/** @param state plain words: of an order, also with who cancelled it or why. */
export function isCancelledOrder(state: string): boolean {
  return isCancelled(state) || (CANCELLED_SOMEHOW.test(state) && !hasAny(state, IN_PART));
}

/** @param state plain words: of an order. */
export function isNoOrder(state: string): boolean {
  return NOT_ORDERED.has(state);
}

/** @param state plain words: of an order, or of an invoice, whose goods are sold before it is paid. */
export function isUnpaid(state: string, of: "order" | "invoice"): boolean {
  return UNPAID.has(state) || (of === "order" && UNPAID_ORDER.has(state));
}

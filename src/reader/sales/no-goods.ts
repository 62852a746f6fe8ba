/** Lines of a till or a shop that sell no goods: amounts, tips, vouchers, shipping. */
import { phrases, plainText } from "../text/words.ts";

const NO_GOODS = new Set(
  phrases(
    "custom amount,custom sale,tip,tips,gratuity,gift card,e gift card,store credit,shipping,shipping fee," +
      "delivery fee," +
      "delivery charge,service charge,service fee,rounding,Freier Betrag,Eigener Betrag,Trinkgeld,Gutschein," +
      "Geschenkgutschein," +
      "Geschenkkarte,Versand,Versandkosten,Liefergebühr,montant personnalisé,pourboire,carte cadeau,frais de port," +
      "frais de livraison,importe personalizado,propina,tarjeta regalo,tarjeta de regalo,gastos de envío,mancia," +
      "buono regalo,carta regalo,spese di spedizione,gorjeta,cartão presente,vale presente,frete,fooi,cadeaubon," +
      "cadeaukaart,verzendkosten,napiwek,karta podarunkowa,koszt dostawy,wysyłka,spropitné,dárkový poukaz,poštovné," +
      "doprava,dricks,presentkort,frakt,bahşiş,hediye kartı,kargo,чаевые,подарочная карта,доставка,チップ," +
      "ギフトカード,送料,小费,礼品卡,运费,팁,기프트카드,배송비",
  ),
);

/** `Gift card - $50` */
const AMOUNT = /\s[-–]\s\D{0,4}\d[\d.,]*\D{0,4}$/u;

/** True for the whole name of such a line; one with a code of its own is goods to whoever gave it one. */
export function isNoGoods(name: string): boolean {
  return NO_GOODS.has(plainText(name.replace(AMOUNT, "")));
}

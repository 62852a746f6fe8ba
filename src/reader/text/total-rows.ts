/** Recognises rows and columns that add up or average others. */
import { phrases, plainText } from "./words.ts";

const WORDS = phrases(
  "daily total,day total,weekly total,week total,monthly total,month total,store total,Tagessumme,Wochensumme," +
    "Monatssumme,Jahressumme,Filialsumme,total du jour,total journalier,total jour,total del día,total diario,totale " +
    "giornaliero,totale giorno,total do dia,dagtotaal,weektotaal,maandtotaal,suma dnia,日計,週計,月計," +
    "opening balance,closing balance,opening stock,closing stock,brought forward,carried forward,balance " +
    "brought forward,balance carried forward,Anfangsbestand,Endbestand,Übertrag,Saldovortrag,saldo inicial,saldo " +
    "final,saldo iniziale,saldo finale,solde initial,solde final,stock initial,stock final,期首残高,期末残高,繰越," +
    "total,totals,grand total,sub total,subtotal,sum,overall,all items,all products,total units,total " +
    "quantity,total qty,total sold,total result,min,max,minimum,maximum,mean,average,avg,median,std,stdev," +
    "standard deviation,std dev,variance,row total,column total,ytd,year to " +
    "date,Summe,Summen,Gesamt,Gesamtsumme,Gesamtergebnis,Zwischensumme,Insgesamt,Ergebnis,Mittelwert," +
    "Durchschnitt,Schnitt,somme,total général,sous total,moyenne,ensemble,suma,promedio,media,total " +
    "general,totale,somma,subtotale,totale complessivo,soma,média,total " +
    "geral,totaal,eindtotaal,subtotaal,som,gemiddelde,razem,ogółem,średnia,suma końcowa,celkem,celkový " +
    "součet,součet,průměr,summa,totalt,medel,medelvärde,sum totalt,gjennomsnitt,yhteensä,keskiarvo,toplam,genel " +
    "toplam,ortalama,итого,всего,общий итог,сумма,среднее,合計,総計,小計,計,平均,累計,合计,总计,小计,总数,합계,총계,소계,평균," +
    "الإجمالي,المجموع,الإجمالي الكلي,סה כ,סך הכל,סיכום,รวม,รวมทั้งหมด,ยอดรวม",
);
const SET = new Set(WORDS);
/** Words that begin or end a caption of a total, such as "Total for Drinks" or "Drinks Total". */
const CAPTION = phrases(
  "total,grand total,subtotal,sub total,sum,result,Summe,Gesamt,Zwischensumme,Ergebnis,somme,totale,totaal,suma," +
    "razem," +
    "celkem,summa,toplam,итого,合計,小計,総計,計,合计,总计,小计,합계,총계,소계",
);

/** True when the text is only a word for a total or an average. */
export function isTotalWord(text: string): boolean {
  const plain = plainText(text);
  return SET.has(plain);
}

const LONGEST_CAPTION = 60;

const ALL_STORES = phrases(
  "all,all stores,all shops,all locations,all branches,alle,alle Filialen,alle Standorte,alle Läden,tous,toutes,tous " +
    "les magasins,todas,todos,todas las tiendas,todas as lojas,tutti,tutti i negozi,alle winkels,alle " +
    "vestigingen,wszystkie,wszystkie sklepy,全店,全店舗,全部门店,전체,전체 매장",
);

/** True when a cell that should name a store names all of them: its row adds the others up. */
export function isAllStores(text: string): boolean {
  const plain = plainText(text);
  return SET.has(plain) || ALL_STORES.includes(plain);
}

/** True for a possible caption of a total; a product may have such a name as well. */
export function isTotalCaption(text: string): boolean {
  const plain = plainText(text);
  return CAPTION.some(
    (word) =>
      plain.startsWith(`${word} `) ||
      plain.endsWith(` ${word}`) ||
      (word.length <= 2 && plain.endsWith(word) && /[計计]$/u.test(plain)),
  );
}

/** A row that adds up others. */
export function isSumRow(cells: readonly string[]): boolean {
  return cells.some(
    (cell) =>
      cell !== "" &&
      cell.length <= LONGEST_CAPTION &&
      (isTotalWord(cell) || (/\p{L}/u.test(cell) && isTotalCaption(cell))),
  );
}

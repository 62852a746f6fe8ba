/** Lead times in days or weeks, as a header or a cell says it: "Lead time (weeks)", "14 days". */
import { phrases, plainText } from "../text/words.ts";

/** A header that is one of these and no more, or with a unit of time after it, is a lead time. */
const LEAD_TIME = phrases(
  "lead time,leadtime,delivery,delivery time,Lieferzeit,Wiederbeschaffungszeit,Planlieferzeit,délai,délai de " +
    "livraison,plazo de entrega,tempo di consegna,prazo de entrega,levertijd,czas dostawy,リードタイム,交货期",
);
/** Alone it is anything about a delivery. */
const NEEDS_UNIT = "delivery";
const UNITS: readonly (readonly [days: number, words: readonly string[]])[] = [
  [
    1,
    phrases(
      "d,day,days,calendar days,Tag,Tage,Tagen,Kalendertage,Kalendertagen,jour,jours,día,días,giorno,giorni,dia,dias," +
        "dag,dagen,dzień,dni,日,天",
    ),
  ],
  [
    7,
    phrases(
      "w,wk,wks,week,weeks,Woche,Wochen,semaine,semaines,semana,semanas,settimana,settimane,week,weken,tydzień," +
        "tygodnie,tygodni,週間,周",
    ),
  ],
];
const WRITTEN = /^([\d.,\s]+?)\s*([^\d.,\s].*)$/u;

/** The days that one of its figures means; null = no header of a lead time, or in another unit. */
export function leadTimeUnit(plain: string): number | null {
  if (LEAD_TIME.includes(plain)) return plain === NEEDS_UNIT ? null : 1;
  const units = LEAD_TIME.filter((word) => plain.startsWith(`${word} `)).map((stem) =>
    daysOf(plain.slice(stem.length + 1).replace(/^(?:in|en|w) /u, "")),
  );
  return units.find((days) => days !== null) ?? null;
}

/** True for a lead time in a unit that is not read, such as working days. */
export function isOtherLeadTime(plain: string): boolean {
  const isLeadTime = LEAD_TIME.some((word) => word !== NEEDS_UNIT && plain.startsWith(`${word} `));
  return isLeadTime && leadTimeUnit(plain) === null;
}

/** "14 days" as the text of its number and what one of it means; `unit` is the header's. */
export function leadTimeText(text: string, unit: number): { readonly number: string; readonly unit: number } | null {
  const [, number, word] = WRITTEN.exec(text) ?? [];
  if (number === undefined || word === undefined) return { number: text, unit };
  const days = daysOf(plainText(word));
  return days === null ? null : { number, unit: days };
}

function daysOf(plain: string): number | null {
  return UNITS.find(([, words]) => words.includes(plain))?.[0] ?? null;
}

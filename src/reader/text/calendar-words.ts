/** Names of months, and words for weeks, fortnights and quarters, in the languages of shops. */
import { plainText } from "./words.ts";

/** Each line: the months of one or more languages, January first; `/` separates spellings. */
const MONTHS = [
  "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept " +
    "october/oct november/nov december/dec",
  "januar/jan/jänner februar/feb/feber märz/mrz/mär april/apr mai juni/jun juli/jul august/aug " +
    "september/sep/sept oktober/okt november/nov dezember/dez",
  "janvier/janv fevrier/fevr/fev mars avril/avr mai juin juillet/juil aout septembre/sept octobre/oct " +
    "novembre/nov decembre/dec",
  "enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago " +
    "septiembre/setiembre/sep/set octubre/oct noviembre/nov diciembre/dic",
  "gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago " +
    "settembre/set/sett ottobre/ott novembre/nov dicembre/dic",
  "janeiro/jan fevereiro/fev marco/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set " +
    "outubro/out novembro/nov dezembro/dez",
  "januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep oktober/okt " +
    "november/nov december/dec",
  "styczen/stycznia/sty luty/lutego/lut marzec/marca/mar kwiecien/kwietnia/kwi maj/maja czerwiec/czerwca/cze " +
    "lipiec/lipca/lip sierpien/sierpnia/sie wrzesien/wrzesnia/wrz pazdziernik/pazdziernika/paz " +
    "listopad/listopada/lis grudzien/grudnia/gru",
  "leden/ledna unor/unora brezen/brezna duben/dubna kveten/kvetna cerven/cervna cervenec/cervence srpen/srpna " +
    "zari rijen/rijna listopad/listopadu prosinec/prosince",
  "januari/januar februari/februar mars/marts april maj/mai juni juli augusti/august september oktober " +
    "november december/desember",
  "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu marraskuu joulukuu",
  "ocak/oca subat/sub mart nisan/nis mayis haziran/haz temmuz/tem agustos/agu eylul/eyl ekim/eki kasim/kas aralik/ara",
  "январь/января/янв февраль/февраля/фев март/марта/мар апрель/апреля/апр май/мая июнь/июня/июн июль/июля/июл " +
    "август/августа/авг сентябрь/сентября/сен октябрь/октября/окт ноябрь/ноября/ноя декабрь/декабря/дек",
  "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
  "ינואר/בינואר פברואר/בפברואר מרץ/במרץ אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט " +
    "ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
  "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
] as const;

const BY_NAME = new Map<string, number>();
for (const line of MONTHS) {
  line.split(" ").forEach((names, index) => {
    for (const name of names.split("/")) BY_NAME.set(plainText(name), index + 1);
  });
}

/** 1 to 12; null for a word that is not a month. `word` as `plainText` writes it. */
export function monthNamed(word: string): number | null {
  return BY_NAME.get(word) ?? null;
}

const WEEK_WORDS =
  "w|wk|week|weeks|kw|woche|kalenderwoche|s|sem|semaine|semana|sett|settimana|tydz|tydzien|tyden|vecka|v|uge|uke|" +
  "viikko|vk|hafta|неделя|нед";
const QUARTER_WORDS =
  "q|qtr|quarter|quartal|t|tri|trim|trimestre|k|kv|kw|kwartaal|kwartal|kvartal|ctvrtleti|ceyrek|квартал|кв";
const FORTNIGHT_WORDS =
  "fortnight|fn|biweek|doppelwoche|zwei wochen|deux semaines|dos semanas|due settimane|duas semanas|twee weken|" +
  "dwutygodnie|dwutydzien";
const HALF_MONTH_WORDS = "quinzaine|quincena|quinzena|quindicina";
const ORDINAL = "(?: ?(?:st|nd|rd|th|er|re|ere|e|eme|o|a|ro|do|to|ste|te))?";

export const WEEK_TEXT = new RegExp(`^(?:(\\d{4}) ?)?(${WEEK_WORDS}) ?(\\d{1,2})(?: (\\d{4}|\\d{2}))?$`, "u");
export const QUARTER_TEXT = new RegExp(
  `^(?:(\\d{4}) ?)?(?:(?:${QUARTER_WORDS}) ?([1-4]|i|ii|iii|iv)|([1-4]|i|ii|iii|iv)${ORDINAL} ?(?:${QUARTER_WORDS}))` +
    "(?: ?(\\d{4}|\\d{2}))?$",
  "u",
);
/** `1. KW 2026` is a week in German, and `1 kw. 2026` a quarter in Polish. */
export const WEEK_OR_QUARTER_TEXT = /^(\d{1,2}) kw (\d{4}|\d{2})$/u;
/** `Sett. 1 2026` is a week in Italian, and could be the first of September. */
export const WEEK_OR_SEPTEMBER = "sett";
/** `S1 2026` is a week or a half-year: semaine and semestre, semana and semestre, settimana and semestre. */
export const WEEK_OR_HALF_YEAR: ReadonlySet<string> = new Set(["s", "sem"]);
export const FORTNIGHT_TEXT = new RegExp(`^(?:(\\d{4}) ?)?(?:${FORTNIGHT_WORDS}) ?(\\d{1,2})(?: (\\d{4}))?$`, "u");
/** Half months, numbered in the year: `quincena 3 2026`. */
export const HALF_MONTHS_TEXT = new RegExp(`^(?:(\\d{4}) ?)?(?:${HALF_MONTH_WORDS}) ?(\\d{1,2})(?: (\\d{4}))?$`, "u");
/** First or second half of a month: `1ª quincena enero 2026`. */
export const HALF_MONTH_TEXT = new RegExp(`^([12])${ORDINAL} (?:${HALF_MONTH_WORDS}) (\\p{L}+) (\\d{4})$`, "u");
/** Words between a day, a month and a year. */
export const LINK_WORDS = new Set("de del d di do of the den le r г года feira".split(" "));
const WEEKDAYS =
  "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mo|di|mi|do|" +
  "fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|" +
  "mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo|mie|jue|vie|" +
  "sab|dom|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|gio|seg|ter|qua|qui|sex|segunda|terca|quarta|" +
  "quinta|sexta|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|wo|vr|za|zo|poniedzialek|wtorek|" +
  "sroda|czwartek|piatek|sobota|niedziela|pon|wt|sr|czw|pt|sob|nd|pondeli|utery|streda|ctvrtek|patek|nedele|po|ut|" +
  "st|ct|pa|ne|pondelok|utorok|stvrtok|piatok|nedela|pazartesi|sali|carsamba|persembe|cuma|cumartesi|pazar|pzt|sal|" +
  "car|per|cum|cmt|paz|mandag|tisdag|onsdag|torsdag|fredag|lordag|sondag|tirsdag|man|tis|tir|ons|tor|fre|lor|son|" +
  "понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс";
/** As `plainText` writes it. */
export const WEEKDAY = new RegExp(`^(?:${WEEKDAYS})$`, "u");
/** `05.01.2026 (Mo)`, `2026/01/05(月)`: a day of the week after a date in figures. */
export const WEEKDAY_AFTER = /(?<=\d)\s*[(（]?\s*(\p{L}{1,12})\.?(?:曜日?)?\s*[)）]?$/u;
/** `Mo 05.01.2026`, `Mon, 05/01/2026`: a day of the week before a date in figures. */
export const WEEKDAY_BEFORE = /^(\p{L}{2,12})[.,]{0,2}\s*(?=\d)/u;
const CJK_WEEKDAY = /^(?:[月火水木金土日一二三四五六]|[월화수목금토일])$/u;
/** `Week of 2026-01-05`, `w/e 11/01/2026`, `Woche vom 05.01.2026`: the date beside these words says the week. */
const LEADING_WORDS = [
  "week (?:of|commencing|beginning|starting|ending|ended)|w[/ ]?[ceb]",
  "woche vom|woche ab|semaine du|semana del|semana de|settimana del|week van|tydzień od",
];
export const WEEK_LEAD = new RegExp(String.raw`^(?:${LEADING_WORDS.join("|")})[.:]?\s+(?=\d)`, "iu");

export function isWeekday(word: string): boolean {
  return CJK_WEEKDAY.test(word) || WEEKDAY.test(plainText(word));
}

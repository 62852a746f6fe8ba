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
    "zari rijen/rijna - prosinec/prosince",
  "januari/januar februari/februar mars/marts april maj/mai juni juli augusti/august september oktober " +
    "november december/desember",
  "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu marraskuu joulukuu",
  "ocak/oca subat/sub mart nisan/nis mayis haziran/haz temmuz/tem agustos/agu eylul/eyl ekim/eki kasim/kas aralik/ara",
  "январь/января/янв февраль/февраля/фев март/марта/мар апрель/апреля/апр май/мая июнь/июня/июн июль/июля/июл " +
    "август/августа/авг сентябрь/сентября/сен октябрь/октября/окт ноябрь/ноября/ноя декабрь/декабря/дек",
] as const;

const BY_NAME = new Map<string, number>();
for (const line of MONTHS) {
  line.split(" ").forEach((names, index) => {
    for (const name of names.split("/")) if (name !== "-" && name !== "") BY_NAME.set(plainText(name), index + 1);
  });
}

/** 1 to 12; null for a word that is not a month. `word` as `plainText` writes it. */
export function monthNamed(word: string): number | null {
  return BY_NAME.get(word) ?? null;
}

const WEEK_WORDS =
  "w|wk|week|weeks|kw|woche|kalenderwoche|s|sem|semaine|semana|settimana|tydzien|tyden|vecka|v|uge|uke|viikko|" +
  "vk|hafta|неделя|нед";
const QUARTER_WORDS =
  "q|qtr|quarter|quartal|t|trim|trimestre|k|kw|kwartaal|kwartal|kvartal|ctvrtleti|ceyrek|квартал|кв";
const FORTNIGHT_WORDS = "fortnight|fn|quinzaine|quincena|quinzena|quindicina|doppelwoche|biweek";

export const WEEK_TEXT = new RegExp(`^(?:(\\d{4}) ?)?(?:${WEEK_WORDS}) ?(\\d{1,2})(?: (\\d{4}|\\d{2}))?$`, "u");
export const QUARTER_TEXT = new RegExp(
  `^(?:(\\d{4}) ?)?(?:(?:${QUARTER_WORDS}) ?([1-4])|([1-4])(?:st|nd|rd|th|er|e|o|a)? ?(?:${QUARTER_WORDS}))(?: ` +
    "?(\\d{4}|\\d{2}))?$",
  "u",
);
export const FORTNIGHT_TEXT = new RegExp(`^(?:(\\d{4}) ?)?(?:${FORTNIGHT_WORDS}) ?(\\d{1,2})(?: (\\d{4}))?$`, "u");
/** First or second half of a month: `1ª quincena enero 2026`. */
export const HALF_MONTH_TEXT = new RegExp(
  `^([12])(?:a|o|er|re|e|ere|eme|nd|st)? (?:${FORTNIGHT_WORDS})(?: de| di)? (\\p{L}+)(?: de| di)? (\\d{4})$`,
  "u",
);
/** Words between a day, a month and a year. */
export const LINK_WORDS = new Set(["de", "del", "di", "of", "the", "den", "le", "r", "г", "года"]);
export const WEEKDAY = new RegExp(
  "^(mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mo|di|mi|do|fr|sa|so|" +
    "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|" +
    "mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo|mie|jue|vie|" +
    "sab|dom|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|gio|seg|ter|qua|qui|sex|maandag|dinsdag|" +
    "woensdag|donderdag|vrijdag|zaterdag|zondag)$",
  "u",
);

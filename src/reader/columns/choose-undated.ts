/** A table without dates: a catalogue, or counts of stock. */
import { SOLD } from "../text/vocabulary.ts";
import { hasAny, phrases } from "../text/words.ts";
import { classOfHeader } from "./header-class.ts";
import { isDateRange } from "../dates/date-text.ts";
import type { FileQuestion, ReaderOptions } from "../types.ts";
import { asked, decided, refused, type Chosen } from "./chosen.ts";
import { chooseGoods, isCatalogue, leadTimeWarnings } from "./choose-goods.ts";
import { stockProblem } from "./choose-stock.ts";
import { packQuestion } from "./unit-doubts.ts";
import type { Head, Roles } from "./head.ts";
import type { GoodsLayout } from "./layout.ts";
import type { Named } from "./named-columns.ts";

/** Columns that companies and people have, and goods have not. */
const CONTACTS = new Set(
  phrases(
    "email,e mail,Kreditor,creditor,email address,mail,phone,phone number,telephone,tel,fax,contact,contact person," +
      "contact name,Telefon,Telefonnummer,Ansprechpartner,E Mail Adresse,téléphone,courriel,teléfono,correo,correo " +
      "electrónico,telefono,telefone,telefoon,контакт,電話番号",
  ),
);

export function chooseUndated(head: Head, roles: Roles, named: Named, options: ReaderOptions): Chosen {
  const contact = named.item === null ? contactOf(head) : null;
  if (contact !== null)
    return refused(
      "unknown",
      `"${contact}" makes this a list of suppliers or customers, which an import does not read: it reads sales, ` +
        "products and stock. Suppliers are described by PUT /suppliers/{supplier_id}; if these are products, name " +
        "their column with --item-column.",
    );
  const choice = chooseGoods(head, roles, named);
  const hasStock =
    choice.value !== null &&
    (choice.value.storeStocks.length > 0 || choice.value.fields.some(({ of }) => of === "stock"));
  if (choice.question !== undefined)
    return asked(choice.question.about === "units_column" ? "stock" : "unknown", [choice.question]);
  const soldOrStock = head.classes.findIndex((header, column) => header.class === "units" && roles.isFree(column));
  if (choice.value !== null && !hasStock && soldOrStock >= 0 && options.kind !== "catalogue") {
    if (options.kind === "stock") {
      roles.give(soldOrStock, "current_stock", "chosen with --kind stock");
      const fields = [
        ...choice.value.fields,
        { column: soldOrStock, name: "current_stock", as: "number", of: "stock" } as const,
      ];
      return decided("stock", { ...choice.value, fields }, []);
    }
    return whatIsCounted(head, head.headers[soldOrStock] ?? "");
  }
  if (choice.value === null && soldOrStock >= 0) return whatIsCounted(head, head.headers[soldOrStock] ?? "");
  const unreadable = choice.value === null ? stockProblem(head, roles) : null;
  if (unreadable !== null) return refused("stock", unreadable);
  if (choice.value === null) {
    const found = head.headers
      .filter((header) => header !== "")
      .map((header) => `"${header}"`)
      .slice(0, 12)
      .join(", ");
    return refused(
      "unknown",
      `This is no list of sales, stock or products that could be recognised: its columns are ${found}. Name ` +
        "them with --item-column, --date-column and --units-column.",
    );
  }
  const kind =
    options.kind === "stock" || options.kind === "catalogue"
      ? options.kind
      : isCatalogue(choice.value.fields) || !hasStock
        ? "catalogue"
        : "stock";
  const packs = options.kind === undefined ? packQuestion(head, stockColumn(choice.value), "--kind stock") : null;
  return packs === null ? decided(kind, choice.value, leadTimeWarnings(head)) : asked(kind, [packs]);
}

/** The column of addresses in a list that names no product; null = it is none. */
function contactOf({ headers, classes, facts }: Head): string | null {
  const isOfGoods = classes.some(
    ({ class: name }, column) =>
      facts[column]!.filled > 0 && ["item_code", "item_name", "stock", "units", "in_stock"].includes(name),
  );
  const at = classes.findIndex(({ plain }, column) => facts[column]!.filled > 0 && CONTACTS.has(plain));
  return isOfGoods || at < 0 ? null : headers[at]!;
}

function stockColumn({ fields, storeStocks }: GoodsLayout): number | null {
  return fields.find(({ name }) => name === "current_stock")?.column ?? storeStocks[0]?.column ?? null;
}

/** Sales by ranges of dates are refused for what they are: taken for stock, weeks of sales would be on the shelf. */
function whatIsCounted(head: Head, header: string): Chosen {
  const { plain } = classOfHeader(header);
  if (head.classes.filter((other) => other.plain === plain).length > 1)
    return refused(
      "unknown",
      `"${header}" is the name of several columns, and no column holds dates. Give each column one name with its ` +
        `period, such as "2026-01 ${header}".`,
    );
  if (hasAny(plain, SOLD))
    return refused(
      "sales",
      `"${header}" counts what was sold, and no column says when. Export sales by day, week or month. If these are ` +
        "no sales, say --kind stock or --kind catalogue.",
    );
  const range = head.facts.find(({ example }) => isDateRange(example));
  if (range === undefined) return asked("unknown", [kindQuestion(head, header)]);
  return refused(
    "sales",
    `A row covers a range of dates, such as "${range.example}". Write its first day alone, and say by --period what ` +
      "a row covers. If these are no sales, say --kind stock or --kind catalogue.",
  );
}

function kindQuestion(head: Head, header: string): FileQuestion {
  const year = head.classes.findIndex(({ class: name }) => name === "year");
  const dates =
    year < 0
      ? "The file has no dates."
      : `"${head.headers[year]}" says only the year, and sales need months or finer dates.`;
  return {
    about: "kind",
    text: `${dates} What does "${header}" count?`,
    choices: [
      { flag: "--kind stock", means: "what is on the shelf now" },
      { flag: "--kind catalogue", means: "neither stock nor sales: only the products are taken" },
    ],
  };
}

/**
 * How each file is read, as cards: sentences, questions with their answers, and the first rows under the roles of
 * columns.
 */
import type { Reading } from "../reader/types.ts";
import type { ShownReading } from "./messages.ts";

export type CardAction =
  | { readonly kind: "flag"; readonly flag: string }
  | { readonly kind: "choice"; readonly name: string; readonly value: string }
  | { readonly kind: "remove" };

interface CardFile {
  readonly id: number;
  readonly name: string;
  /** Null while it is being read. */
  readonly shown: readonly ShownReading[] | null;
}

/** Acts on one sheet; null is a file that has none, or that is still being read. */
type Act = (id: number, sheet: string | null, action: CardAction) => void;

/** Roles that a person can give to a column, by the flag that gives it. */
const ROLES = [
  ["item-column", "item", "Item"],
  ["date-column", "date", "Date"],
  ["units-column", "units", "Units"],
  ["store-column", "store", "Store"],
] as const;
const SHOWN_ROWS = 6;
const SHOWN_COLUMNS = 12;

export function cards(files: readonly CardFile[], act: Act): HTMLElement[] {
  return files.flatMap((file) =>
    file.shown === null
      ? [card(file, act, [node("p", "soft", "Reading …")], { title: "" })]
      : file.shown.map((shown) => readingCard(file, shown, act)),
  );
}

function readingCard(file: CardFile, { reading, lines, sample }: ShownReading, act: Act): HTMLElement {
  const { sheet } = reading;
  const [, ...rest] = lines;
  const sentences = rest
    .filter((line) => !/^ {2}Question:| {4}--/u.test(line))
    .map((line) => node("p", line.includes("Refused:") ? "error" : "", onPage(line.trim())));
  const questions = reading.questions.map((question) => {
    const group = node("fieldset", "question");
    group.append(node("legend", "", question.text));
    for (const { flag, means } of question.choices) {
      const button = node("button", "", means) as HTMLButtonElement;
      button.type = "button";
      button.title = flag;
      button.addEventListener("click", () => act(file.id, sheet, { kind: "flag", flag }));
      group.append(button);
    }
    return group;
  });
  const content = [...sentences, ...questions, table(file.id, reading, sample, act)];
  return card(file, act, content, { title: lines[0] ?? "", status: reading.status, sheet });
}

/** A flag of the command is a choice below on this page. */
function onPage(line: string): string {
  return line.replace(
    /\b(n)ame (them|their column|the columns)\b[^.]*--[^.]*\./iu,
    (_, letter: string, what: string) => `${letter === "N" ? "Choose" : "choose"} ${what} below.`,
  );
}

interface CardHead {
  readonly title: string;
  readonly status?: string;
  readonly sheet?: string | null;
}

function card(
  file: CardFile,
  act: Act,
  content: readonly HTMLElement[],
  { title, status = "", sheet = null }: CardHead,
): HTMLElement {
  const box = node("section", "card reading");
  if (status !== "") box.dataset["status"] = status;
  const head = node("div", "head");
  head.append(node("h2", "", title === "" ? file.name : title));
  const remove = node("button", "linklike", "Remove") as HTMLButtonElement;
  remove.type = "button";
  remove.setAttribute("aria-label", `Remove ${file.name}${sheet === null ? "" : `, sheet ${sheet}`}`);
  remove.addEventListener("click", () => act(file.id, sheet, { kind: "remove" }));
  head.append(remove);
  box.append(head, ...content);
  return box;
}

function table(id: number, { columns, file, sheet }: Reading, sample: ShownReading["sample"], act: Act): HTMLElement {
  const scroll = node("div", "scroll");
  if (columns.length === 0) return scroll;
  const shown = columns.slice(0, SHOWN_COLUMNS);
  const grid = node("table", "rows");
  const head = node("tr", "");
  for (const column of shown) {
    const cell = node("th", "");
    cell.setAttribute("scope", "col");
    cell.append(node("span", "", column.header || `column ${column.column}`), roleChoice(id, sheet, column, act));
    head.append(cell);
  }
  const body = sample.slice(0, SHOWN_ROWS).map(({ cells }) => {
    const row = node("tr", "");
    row.append(...shown.map(({ column }) => node("td", "", cells[column - 1] ?? "")));
    return row;
  });
  grid.append(head, ...body);
  scroll.append(grid);
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", `First rows of ${file}${sheet === null ? "" : `, sheet ${sheet}`}, file ${id}`);
  return scroll;
}

/** `Safety stock level`, as the other choices are written. */
function titleOf(role: string): string {
  return role.charAt(0).toUpperCase() + role.slice(1).replaceAll("_", " ");
}

function roleChoice(id: number, sheet: string | null, column: Reading["columns"][number], act: Act): HTMLElement {
  const select = node("select", "") as HTMLSelectElement;
  select.setAttribute("aria-label", `Role of ${column.header || `column ${column.column}`}`);
  select.title = column.why;
  const known = ROLES.some(([, role]) => role === column.role);
  const own = node("option", "", known ? "Not used" : titleOf(column.role)) as HTMLOptionElement;
  own.value = "";
  own.disabled = known;
  select.append(own);
  for (const [flag, role, title] of ROLES) {
    const option = node("option", "", title) as HTMLOptionElement;
    option.value = flag;
    option.selected = role === column.role;
    select.append(option);
  }
  select.addEventListener("change", () => {
    if (select.value !== "") act(id, sheet, { kind: "choice", name: select.value, value: String(column.column) });
  });
  return select;
}

function node(name: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

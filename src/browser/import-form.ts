/** `/import`: takes files, shows how each is read beside its first rows, lets a person put it right, and loads it. */
import { counted } from "../reader/describe.ts";
import { choiceOf, withChoice, type ReaderChoices } from "../reader/choices.ts";
import { IMPORT_MARKUP } from "./import-markup.ts";
import { cards, type CardAction } from "./reading-cards.ts";
import type { FromWorker, Loaded, ShownReading, ToWorker } from "./messages.ts";

interface Chosen {
  readonly file: File;
  /** By sheet; "" is a file that has none. */
  readonly choices: Map<string, ReaderChoices>;
  /** Sheets that were taken out. */
  readonly without: Set<string>;
  shown: readonly ShownReading[] | null;
}

const LAST = "stockwarden-last-import";

const root = element("import");
root.insertAdjacentHTML("beforeend", IMPORT_MARKUP);
const worker = new Worker(root.dataset["worker"] ?? "");
const csrf = root.dataset["csrf"] ?? "";
const files = new Map<number, Chosen>();
let nextId = 1;
let busy = false;

worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => hear(data));

const picker = element<HTMLInputElement>("files");
picker.addEventListener("change", () => {
  take(picker.files);
  picker.value = "";
});
const drop = element("drop");
for (const name of ["dragenter", "dragover"])
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer?.files ?? null);
});
element("load").addEventListener("click", () => {
  busy = true;
  say("Loading …");
  send({
    kind: "load",
    settings: {
      store: field("store"),
      completeThrough: field("through"),
      replace: element<HTMLInputElement>("replace").checked,
      today: today(),
      csrf,
    },
  });
  refresh();
});
element("undo").addEventListener("click", () => {
  const loaded = lastImport();
  if (loaded === null || busy) return;
  busy = true;
  say("Taking back …");
  send({ kind: "undo", loaded, csrf });
  refresh();
});
refresh();

function take(list: FileList | null): void {
  for (const file of list ?? []) {
    const id = nextId++;
    files.set(id, { file, choices: new Map(), without: new Set(), shown: null });
    read(id);
  }
  refresh();
}

function read(id: number): void {
  const chosen = files.get(id);
  if (chosen === undefined) return;
  const { file, choices, without } = chosen;
  chosen.shown = null;
  send({ kind: "read", id, file, choices, without, today: today() });
}

function hear(message: FromWorker): void {
  if (message.kind === "readings") {
    const chosen = files.get(message.id);
    if (chosen !== undefined) chosen.shown = message.shown;
  } else if (message.kind === "progress") {
    const bar = element<HTMLProgressElement>("bar");
    bar.max = message.total;
    bar.value = message.done;
    say(`${message.done.toLocaleString()} of ${message.total.toLocaleString()} rows`);
  } else if (message.kind === "loaded") {
    busy = false;
    remember(message.loaded);
    files.clear();
    done(message.lines);
  } else if (message.kind === "undone") {
    busy = false;
    localStorage.removeItem(LAST);
    done([message.text]);
  } else {
    busy = false;
    say(message.text);
    element("said").classList.add("error");
  }
  refresh();
}

function act(id: number, sheet: string | null, action: CardAction): void {
  const chosen = files.get(id);
  if (chosen === undefined || busy) return;
  if (action.kind === "remove" && sheet !== null && (chosen.shown ?? []).length > 1) {
    chosen.without.add(sheet);
    read(id);
  } else if (action.kind === "remove") {
    files.delete(id);
    send({ kind: "forget", id });
  } else {
    const before = chosen.choices.get(sheet ?? "") ?? {};
    const after =
      action.kind === "flag" ? withChoice(before, action.flag) : { ...before, ...choiceOf(action.name, action.value) };
    chosen.choices.set(sheet ?? "", after);
    read(id);
  }
  refresh();
}

function refresh(): void {
  const all = [...files].map(([id, { file, shown }]) => ({ id, name: file.name, shown }));
  element("readings").replaceChildren(...cards(all, act));
  const readings = all.flatMap(({ shown }) => shown ?? []).map(({ reading }) => reading);
  const ready =
    all.length > 0 && all.every(({ shown }) => shown !== null) && readings.every(({ status }) => status === "read");
  element("confirm").hidden = all.length === 0;
  element<HTMLButtonElement>("load").disabled = !ready || busy;
  element("why").textContent = ready || all.length === 0 ? "" : whyNot(readings.map(({ status }) => status));
  element("progress").hidden = !busy;
  const last = lastImport();
  element("last").hidden = last === null;
  if (last !== null)
    element("last-text").textContent =
      `The last import from this browser: sales of ${counted(last.items.length, "item")}, ${last.from} to ` +
      `${last.to}, loaded ${new Date(last.at).toLocaleString()}.`;
}

function whyNot(statuses: readonly string[]): string {
  if (statuses.includes("refused")) return "Take out what was refused, or choose its columns.";
  return statuses.includes("ask") ? "Answer the questions first." : "Reading …";
}

function done(lines: readonly string[]): void {
  element("said").classList.remove("error");
  say("");
  const list = element("done");
  list.hidden = false;
  list.replaceChildren(...lines.filter((line) => !line.startsWith("Look: ")).map((line) => paragraph(line)), links());
}

function links(): HTMLElement {
  const line = document.createElement("p");
  line.className = "row";
  for (const [href, text] of [
    ["/orders", "What to order"],
    ["/inbox", "What waits for an answer"],
  ] as const) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    line.append(link);
  }
  return line;
}

function remember(loaded: Loaded | null): void {
  try {
    if (loaded === null) localStorage.removeItem(LAST);
    else localStorage.setItem(LAST, JSON.stringify(loaded));
  } catch {
    // A browser that keeps nothing offers no undo.
  }
}

function lastImport(): Loaded | null {
  try {
    return JSON.parse(localStorage.getItem(LAST) ?? "null") as Loaded | null;
  } catch {
    return null;
  }
}

function say(text: string): void {
  element("said").textContent = text;
}

function field(id: string): string | null {
  const value = element<HTMLInputElement>(id).value.trim();
  return value === "" ? null : value;
}

/** The calendar day of whoever loads. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function paragraph(text: string): HTMLElement {
  const line = document.createElement("p");
  line.textContent = text;
  return line;
}

function send(message: ToWorker): void {
  worker.postMessage(message);
}

function element<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page lacks #${id}`);
  return found as T;
}

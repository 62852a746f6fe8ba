/** The rule book (docs/architecture.md) defines every invariant that is cited, and names tests that exist. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const RULE_BOOK = "docs/architecture.md";
const ROW = /^\| (I\d+) +\| (.+?) +\| (.+?) +\|$/gmu;

const rows = [...readFileSync(RULE_BOOK, "utf8").matchAll(ROW)].map(([, id, text, proof]) => ({ id, text, proof }));

function cited(): { file: string; id: string }[] {
  const { stdout } = spawnSync(
    "git",
    ["ls-files", "-co", "--exclude-standard", "src", "test", "docs", "scripts", "bench", "README.md"],
    {
      encoding: "utf8",
    },
  );
  return stdout
    .split("\n")
    .filter((file) => /\.(tsx?|mjs|md)$/u.test(file) && existsSync(file))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/\bI\d+\b/gu)].map(([id]) => ({ file, id })));
}

describe("the rule book", () => {
  it("defines every invariant that code, tests and pages cite", () => {
    const defined = new Set(rows.map(({ id }) => id));
    expect(cited().filter(({ id }) => !defined.has(id))).toEqual([]);
  });

  it("numbers them without a gap, each once", () => {
    expect(rows.map(({ id }) => id)).toEqual(rows.map((_, at) => `I${at + 1}`));
  });

  it("names tests that exist", () => {
    const named = rows.flatMap(({ id, proof }) =>
      [...proof!.matchAll(/`([^`]+)`/gu)].map(([, file]) => ({ id, file: file! })),
    );
    expect(named.length).toBeGreaterThan(rows.length / 2);
    expect(named.filter(({ file }) => !existsSync(file))).toEqual([]);
  });

  it("names for each at least one test, which cites it", () => {
    const cites = ({ id, proof }: { id: string | undefined; proof: string | undefined }) =>
      [...proof!.matchAll(/`([^`]+)`/gu)].map(([, file]) =>
        new RegExp(`\\b${id}\\b`, "u").test(readFileSync(file!, "utf8")),
      );
    expect(rows.filter((row) => !cites(row).includes(true) || cites(row).includes(false)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it("fits on a few screens", () => {
    expect(readFileSync(RULE_BOOK, "utf8").split("\n").length).toBeLessThanOrEqual(151);
  });
});

describe("the index of the pages", () => {
  it("links every page in docs/, and nothing that is not there", () => {
    const links = [...readFileSync("docs/README.md", "utf8").matchAll(/\]\(([a-z-]+\.md)\)/gu)].map(
      ([, page]) => page!,
    );
    const pages = readdirSync("docs").filter((file) => file.endsWith(".md") && file !== "README.md");
    expect(links.toSorted()).toEqual(pages.toSorted());
  });
});

describe("the front page", () => {
  it("is read in two minutes", () => {
    expect(readFileSync("README.md", "utf8").split("\n").length).toBeLessThanOrEqual(121);
  });
});

describe("a page", () => {
  const pages = ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md")];

  it("names only files and folders that exist", () => {
    const named = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/`((?:src|test|scripts|bench|ops|migrations)\/[\w./-]+)`/gu)].map(
        ([, path]) => ({ page, path: path! }),
      ),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ path }) => !existsSync(path))).toEqual([]);
  });

  it("links only to pages and pictures that exist", () => {
    const links = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/(?:\]\(|src=")([\w./-]+)(?:#[\w-]+)?(?:\)|")/gu)].map(([, link]) => ({
        page,
        link: join(dirname(page), link!),
      })),
    );
    expect(links.filter(({ link }) => !existsSync(link))).toEqual([]);
  });

  it("names only commands that package.json has", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
    const named = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/\bnpm run (?:--silent )?([\w:-]+)/gu)].map(([, command]) => ({
        page,
        command: command!,
      })),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ command }) => scripts[command] === undefined)).toEqual([]);
  });

  it("links only to headings that their page has", () => {
    const links = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/\]\(([\w./-]*\.md)#([\w-]+)\)/gu)].map(([, to, heading]) => ({
        page: join(dirname(page), to!),
        heading: heading!,
      })),
    );
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter(({ page, heading }) => !headingsOf(page).includes(heading))).toEqual([]);
  });
});

/** As GitHub makes anchors of them. */
function headingsOf(page: string): readonly string[] {
  return [...readFileSync(page, "utf8").matchAll(/^#+ (.+)$/gmu)].map(([, text]) =>
    text!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

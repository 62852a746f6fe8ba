import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readCsvText } from "../../scripts/lib/import/csv-file.ts";

const TEXT = "item,date,units\nKäse,2026-01-01,3\n";
const file = join(mkdtempSync(join(tmpdir(), "csv-file-")), "sales.csv");

it.each([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a mark", Buffer.from(`\uFEFF${TEXT}`)],
  ["UTF-16", Buffer.from(`\uFEFF${TEXT}`, "utf16le")],
  ["Windows-1252", Buffer.from(TEXT, "latin1")],
])("reads %s", (_, bytes) => {
  writeFileSync(file, bytes);
  expect(readCsvText(file)).toBe(TEXT);
});

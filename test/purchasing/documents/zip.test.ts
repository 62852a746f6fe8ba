import { unzipSync } from "fflate";
import fc from "fast-check";
import { expect, it } from "vitest";
import { strToU8, zip, zipSync } from "../../../src/purchasing/documents/zip.ts";

it("fflate reads every part of an archive as it was", () => {
  const path = fc.stringMatching(/^[a-z_[\]{}/.]{1,40}$/u);
  fc.assert(
    fc.property(fc.dictionary(path, fc.uint8Array({ maxLength: 5_000 })), (files) => {
      const parts = Object.entries(unzipSync(zipSync(files)));
      expect(parts.map(([name, bytes]) => [name, [...bytes]])).toEqual(
        Object.entries(files).map(([name, bytes]) => [name, [...bytes]]),
      );
    }),
  );
});

it("gives an archive whose buffer holds nothing else, equal for equal parts", () => {
  const files = { "xl/workbook.xml": strToU8("<workbook>".repeat(1_000)) };
  const archive = zipSync(files);
  expect(archive.buffer.byteLength).toBe(archive.length);
  expect(archive.length).toBeLessThan(300);
  zip(files, (error, again) => expect([error, [...again]]).toEqual([null, [...archive]]));
});

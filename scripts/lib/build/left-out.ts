/**
 * What a build of the Worker leaves out of an upload that every isolate compiles, whatever it runs of it.
 *
 * - PostgreSQL, where the configuration binds no Hyperdrive: by a constant that makes code dead, 24 kB. `npm start` and
 *   the benchmarks leave it out as well.
 * - Modules of libraries that nothing of ours reaches, and schemas that only the MCP SDK's list of all names, by the
 *   plugin: only in what `npm run deploy` uploads.
 *
 * A plain `wrangler deploy` uploads everything.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { bindsHyperdrive } from "../server/hyperdrive-binding.ts";
import { withPureCalls } from "./pure-schemas.ts";

/** By the names of the constants: expressions of JavaScript. */
export function leftOut(config?: string): Readonly<Record<string, string>> {
  return bindsHyperdrive(config) ? {} : { WITHOUT_POSTGRES: "true" };
}

/** As arguments of `wrangler dev` and `wrangler deploy`. */
export function leftOutFlags(config?: string): readonly string[] {
  return Object.entries(leftOut(config)).flatMap(([name, value]) => ["--define", `${name}:${value}`]);
}

/** What is in the place of each module; `test/scripts/build/built-worker.test.ts` finds each in its library. */
export const UNREACHED: Readonly<Record<string, string>> = {
  // nodemailer's downloads of attachments by address: ours are bytes.
  "nodemailer/dist/esm/fetch/index.js":
    'export default () => { throw new Error("this build attaches no files by their address"); };',
  // A workbook's images and conditional formats: ours have none. A feature without files changes nothing.
  "write-excel-file/modules/xlsx/features/images.js": "export default {};",
  "write-excel-file/modules/xlsx/features/conditionalFormatting.js": "export default {};",
  // Nor merged cells.
  "write-excel-file/modules/xlsx/files/sheet.xml/processMergedCells.js":
    "export default (sheetData) => ({ sheetData, mergedCells: [] });",
  "write-excel-file/modules/xlsx/files/sheet.xml/mergedCellsDescription.js": 'export default () => "";',
  // Nor borders, fills or alignments: what is written of a cell without any.
  "write-excel-file/modules/xlsx/helpers/hasBorder.js": "export default () => false;",
  "write-excel-file/modules/xlsx/helpers/getBorderXml.js":
    'export default () => "<border><left/><right/><top/><bottom/><diagonal/></border>";',
  "write-excel-file/modules/xlsx/helpers/hasFill.js": "export default () => false;",
  "write-excel-file/modules/xlsx/helpers/getFillXml.js":
    "export default () => '<fill><patternFill patternType=\"none\"/></fill>';",
  "write-excel-file/modules/xlsx/helpers/getAlignmentXml.js": 'export default () => "";',
  // Where nothing is drawn the library drops the drawing that it has made.
  "write-excel-file/modules/xlsx/files/drawing.xml.js":
    'export const DRAWING_XML_START = "", DRAWING_XML_END = ""; export default () => "";',
  "write-excel-file/modules/xlsx/files/drawing.xml.rels.js": 'export default () => "";',
  // What checks that rows are arrays: ours are, by their type.
  "write-excel-file/modules/xlsx/validateSheetData.js": "export default () => {};",
  // Hono's reader of forms: ours is bounded (`kit/request/body.ts`).
  "hono/dist/utils/body.js":
    'export const parseBody = () => { throw new Error("this build reads forms without Hono"); };',
  // The order of all elements of all files: it is asked for once, to put the views of a workbook behind its properties.
  "write-excel-file/modules/xlsx/helpers/getOrderOfSiblings.js": 'export default () => ["workbookPr", "bookViews"];',
  // Hono's elements that move themselves into the head, or take a function as a form's action: our pages have neither.
  "hono/dist/jsx/intrinsic-element/components.js": "export const components_exports = {};",
  // Requests for apps that are mounted into Hono's: ours are none.
  "hono/dist/utils/mount.js":
    'export const createMountedRequest = () => { throw new Error("this build mounts no other apps"); };',
  // zod's writer of JSON Schemas: they are made at build.
  "zod/v4/core/json-schema-processors.js": withoutJsonSchemas("toJSONSchema", "allProcessors"),
  "zod/v4/core/to-json-schema.js": withoutJsonSchemas(
    "createStandardJSONSchemaMethod",
    "createToJSONSchemaMethod",
    "extractDefs",
    "finalize",
    "initializeContext",
    "processSchema",
  ),
};

function withoutJsonSchemas(...names: readonly string[]): string {
  const refuse = '() => { throw new Error("this build makes no JSON Schemas"); }';
  // zod makes one such function for each schema that is validated by the standard's interface.
  const later = "createStandardJSONSchemaMethod";
  return names.map((name) => `export const ${name} = ${name === later ? "() => " : ""}${refuse};`).join("\n");
}

const MCP_SDK = /\/@modelcontextprotocol\/(?:core|server)\/dist\/.*\.mjs$/;
/** Makes a guard for every type of the protocol and of OAuth, by its name. Nothing here asks for one. */
const GUARDS_BY_NAME = /^for \(const .+\) register\(.+\);$/gm;
/** A schema made of others' fields: esbuild leaves one out that nothing asks for only where a function makes it. */
const MADE_OF_OTHERS = /^(const \w+ = )(z\.object\(\{\n\t\.\.\.[\s\S]*?\n\}\));$/gm;

export const withoutUnreached: Plugin = {
  name: "without-unreached",
  setup(build) {
    build.onLoad({ filter: MCP_SDK }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const lean = source.replaceAll(GUARDS_BY_NAME, "").replaceAll(MADE_OF_OTHERS, "$1(() => $2)();");
      return { contents: await withPureCalls(Buffer.from(lean)) };
    });
    for (const [file, contents] of Object.entries(UNREACHED))
      build.onLoad({ filter: new RegExp(`/node_modules/${file.replaceAll(".", "\\.")}$`) }, () => ({ contents }));
  },
};

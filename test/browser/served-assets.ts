/** The static files that the service serves beside its pages. */
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

const FOLDER = join(import.meta.dirname, "../../public/assets");
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

export const SERVED_ASSETS = readdirSync(FOLDER).map((name) => ({
  path: `/assets/${name}`,
  type: TYPES[extname(name)]!,
  body: readFileSync(join(FOLDER, name), "utf8"),
}));

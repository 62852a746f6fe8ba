import { resolve } from "node:path";

/** npm runs scripts in the project's folder; a path that a person typed belongs to the folder they typed it in. */
export function fromInvocationFolder(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}

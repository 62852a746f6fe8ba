import { Problem, type FieldError } from "../../../api/problems.ts";

const MOST_ERRORS = 100;

/** Collects every problem of an upload, so a person corrects the file once and not a hundred times. */
export class UploadErrors {
  readonly #errors: FieldError[] = [];

  get isEmpty(): boolean {
    return this.#errors.length === 0;
  }

  add(pointer: string, message: string): void {
    if (this.#errors.length < MOST_ERRORS) this.#errors.push({ pointer, message });
  }

  at(line: number, column: number, message: string): void {
    this.add(`line ${line}, column ${column}`, `line ${line}, column ${column}: ${message}`);
  }

  throwIfAny(what: string): void {
    if (this.#errors.length === 0) return;
    const errors = this.#errors.toSorted((a, b) => a.pointer.localeCompare(b.pointer, "en", { numeric: true }));
    throw new Problem("validation_failed", `${what} was not stored: ${errors[0]!.message}.`, { errors });
  }
}

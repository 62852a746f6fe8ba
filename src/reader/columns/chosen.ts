/** How a table is read, or why it is not: a layout, questions to the person, or a refusal. */
import type { FileQuestion, Kind, System } from "../types.ts";
import type { Layout } from "./layout.ts";

export interface Chosen {
  readonly kind: Kind;
  readonly system: System | null;
  /** Null while a question is open or the table is refused. */
  readonly layout: Layout | null;
  readonly questions: readonly FileQuestion[];
  readonly warnings: readonly string[];
  readonly problem: string | null;
}

export function decided(kind: Kind, layout: Layout, warnings: readonly string[]): Chosen {
  return { kind, system: null, layout, questions: [], warnings, problem: null };
}

export function asked(kind: Kind, questions: readonly FileQuestion[], warnings: readonly string[] = []): Chosen {
  return { kind, system: null, layout: null, questions, warnings, problem: null };
}

export function refused(kind: Kind, problem: string): Chosen {
  return { kind, system: null, layout: null, questions: [], warnings: [], problem };
}

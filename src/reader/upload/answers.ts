/** Reads the service's answers to an upload. */

export interface Decided {
  readonly productId: string;
  readonly storeId: string;
  readonly status: string;
  readonly action: string;
  readonly quantity: number;
}

export interface Decisions {
  readonly decided: Decided[];
  readonly failed: string[];
  /** By index in the batch: refused only because no safety stock is known. */
  readonly withoutSafety: Set<number>;
  readonly lacking: string[];
}

type Fields = Readonly<Record<string, unknown>>;

export function decisionsIn(body: unknown): Decisions {
  const found: Decisions = { decided: [], failed: [], withoutSafety: new Set(), lacking: [] };
  for (const result of listIn(fieldsOf(body)["results"])) {
    const { index, status, workflow, problem } = result;
    if (typeof workflow === "object" && workflow !== null) {
      found.decided.push(decisionOf(fieldsOf(workflow)));
      continue;
    }
    const text = problemText({ status: Number(status), body: problem });
    const line = `row ${Number(index) + 1}: ${text}`;
    if (Number(status) === 422 && text.includes("safety_stock_level")) {
      found.withoutSafety.add(Number(index));
      found.lacking.push(line);
    } else found.failed.push(line);
  }
  return found;
}

export function warningsIn(body: unknown): string[] {
  const { warnings } = fieldsOf(body);
  return Array.isArray(warnings) ? warnings.filter((warning): warning is string => typeof warning === "string") : [];
}

/** The sentence of a problem and the lines it names. */
export function problemText({ status, body }: { readonly status: number; readonly body: unknown }): string {
  const { detail, title, errors } = fieldsOf(body);
  const sentence = typeof detail === "string" ? detail : typeof title === "string" ? title : `status ${status}`;
  const faults = listIn(errors).map(({ pointer, message }) =>
    `${String(pointer ?? "")} ${String(message ?? "")}`.trim(),
  );
  return [sentence, ...faults.slice(0, 5)].join(" ");
}

export function problemCode(body: unknown): string {
  return String(fieldsOf(body)["code"] ?? "");
}

function decisionOf(workflow: Fields): Decided {
  const decision = fieldsOf(workflow["decision"]);
  return {
    productId: String(workflow["product_id"] ?? ""),
    storeId: String(workflow["store_id"] ?? ""),
    status: String(workflow["status"] ?? ""),
    action: String(decision["recommended_action"] ?? "hold"),
    quantity: Number(decision["recommended_quantity"] ?? 0),
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function listIn(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

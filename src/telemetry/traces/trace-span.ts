/** A span before it is put into words for a collector. */
export interface Span {
  /** Its own context. */
  readonly traceparent: string;
  /** Context of the span around it; null = it is the first. */
  readonly parent: string | null;
  readonly name: string;
  readonly kind: "server" | "internal" | "client";
  /** Epoch ms. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly isError: boolean;
}

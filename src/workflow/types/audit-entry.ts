/** One line of a workflow's audit trail. */
export interface AuditEntry {
  readonly seq: number;
  readonly at: number;
  readonly event:
    | "received"
    | "asked"
    | "reminded"
    | "escalated"
    | "extended"
    | "approved_in_part"
    | "verdict"
    | "revised"
    | "expired"
    | "superseded"
    | "taken_back"
    | "executed"
    | "order_changed"
    | "adviser_called"
    | "adviser_answered";
  /** The principal: a key's or a person's id, or a part of the service. */
  readonly actor: string;
  /** What the principal calls itself; it proves nothing. */
  readonly label?: string | undefined;
  readonly channel?: string;
  readonly detail?: string;
  /** SHA-256 of the previous entry's hash and this entry; set by the item, which chains them. */
  readonly hash?: string;
}

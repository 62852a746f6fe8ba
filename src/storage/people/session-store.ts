/**
 * Who is signed in to the pages, and one-time links on their way by mail. Ids and tokens are digests: no credential is
 * stored.
 */
export interface StoredSession {
  /** SHA-256 of what the cookie holds, in hex. */
  readonly sessionId: string;
  readonly kind: "key" | "person";
  /** Id of the key or the person. */
  readonly subject: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface SignIn {
  /** SHA-256 of what the link holds, in hex. */
  readonly token: string;
  readonly personId: string;
  /** Digest of the address that asked. */
  readonly sender: string;
  readonly expiresAt: number;
}

export interface MostSignIns {
  readonly person: number;
  readonly sender: number;
}

export interface SessionStore {
  /** Drops sessions that are over. */
  open(session: StoredSession): Promise<void>;
  /** Null for one that was ended or is over. */
  get(sessionId: string, now: number): Promise<StoredSession | null>;
  /** In the order of their ids, from above `after`. */
  list(limit: number, after: string | null, now: number): Promise<readonly StoredSession[]>;
  /** False when there was none. */
  end(sessionId: string): Promise<boolean>;
  endAllOf(kind: StoredSession["kind"], subject: string): Promise<void>;
  /**
   * Drops links that are over. False, and nothing is stored, where `most` links are on their way to the person already,
   * or were asked for by the sender; used ones count too.
   */
  invite(signIn: SignIn, most: MostSignIns, now: number): Promise<boolean>;
  /** A link that never left: it opens nothing, and counts no longer for its person, but still for its sender. */
  withdraw(token: string): Promise<void>;
  /** Whose link it is; it stays valid. */
  invitee(token: string, now: number): Promise<string | null>;
  /** Whose link it is; using it ends it. */
  redeem(token: string, now: number): Promise<string | null>;
}

export interface SessionRow {
  readonly session_id: string;
  readonly kind: StoredSession["kind"];
  readonly subject: string;
  readonly created_at: number;
  readonly expires_at: number;
}

export function toSession(row: SessionRow): StoredSession {
  return {
    sessionId: row.session_id,
    kind: row.kind,
    subject: row.subject,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

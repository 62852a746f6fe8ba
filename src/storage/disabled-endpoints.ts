/** Webhook endpoints that answered 410 Gone, kept in the database since every item must know. */
export interface DisabledEndpoints {
  has(url: string): Promise<boolean>;
  /** Adding twice keeps the first time. */
  add(url: string, now: number): Promise<void>;
  remove(url: string): Promise<void>;
}

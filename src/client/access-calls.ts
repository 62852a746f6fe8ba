/** Access: people, sessions and keys; and operators' calls: webhooks, rebuilding. */
import type * as schemas from "../api/requests.ts";
import type { ListQuery } from "../api/world/lists.ts";
import { StoreCalls } from "./store-calls.ts";
import type {
  PersonSettings,
  Person,
  People,
  Keys,
  MadeKey,
  NewKey,
  Page,
  ObjectsRebuilt,
  Rebuilt,
  Sessions,
  Webhook,
  Webhooks,
  WebhookSettings,
} from "./shapes.ts";
import { json, queryOf } from "./transport.ts";

export class AccessCalls extends StoreCalls {
  putPerson(personId: string, person: PersonSettings): Promise<Person> {
    return this.service.json("PUT", `/people/${encodeURIComponent(personId)}`, json(person));
  }

  person(personId: string): Promise<Person> {
    return this.service.json("GET", `/people/${encodeURIComponent(personId)}`);
  }

  people(query: Page<typeof ListQuery> = {}): Promise<People> {
    return this.service.json("GET", `/people${queryOf(query)}`);
  }

  /** Their links and sessions end within a minute; what they approved stays approved. */
  async deletePerson(personId: string): Promise<void> {
    await this.service.send("DELETE", `/people/${encodeURIComponent(personId)}`);
  }

  /** Mails a one-time link to a person, if the address belongs to one. */
  async mailSignInLink(email: string): Promise<void> {
    await this.service.send("POST", "/sign-in", json({ email }));
  }

  sessions(query: Page<typeof ListQuery> = {}): Promise<Sessions> {
    return this.service.json("GET", `/sessions${queryOf(query)}`);
  }

  async endSession(sessionId: string): Promise<void> {
    await this.service.send("DELETE", `/sessions/${encodeURIComponent(sessionId)}`);
  }

  makeKey(key: NewKey): Promise<MadeKey> {
    return this.service.json("POST", "/keys", json(key));
  }

  keys(query: Page<typeof schemas.KeysQuery> = {}): Promise<Keys> {
    return this.service.json("GET", `/keys${queryOf(query)}`);
  }

  async revokeKey(keyId: string): Promise<void> {
    await this.service.send("DELETE", `/keys/${encodeURIComponent(keyId)}`);
  }

  putWebhook(webhookId: string, webhook: WebhookSettings): Promise<Webhook> {
    return this.service.json("PUT", `/webhooks/${encodeURIComponent(webhookId)}`, json(webhook));
  }

  /** Never with its secret. */
  webhook(webhookId: string): Promise<Webhook> {
    return this.service.json("GET", `/webhooks/${encodeURIComponent(webhookId)}`);
  }

  webhooks(query: Page<typeof ListQuery> = {}): Promise<Webhooks> {
    return this.service.json("GET", `/webhooks${queryOf(query)}`);
  }

  async deleteWebhook(webhookId: string): Promise<void> {
    await this.service.send("DELETE", `/webhooks/${encodeURIComponent(webhookId)}`);
  }

  /** A page of items sends the database everything it keeps; go on with `next_cursor`. */
  rebuild(query: { readonly limit?: number; readonly cursor?: string } = {}): Promise<Rebuilt> {
    return this.service.json("POST", `/projections/rebuild${queryOf(query)}`);
  }

  /** The items behind these objects send all they keep, for a database that lost its registry too; at most 200. */
  rebuildObjects(objects: readonly string[]): Promise<ObjectsRebuilt> {
    return this.service.json("POST", "/projections/rebuild/objects", json({ objects }));
  }
}

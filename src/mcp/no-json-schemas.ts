/**
 * Replaces the SDK's validator of JSON Schemas, which `wrangler.toml` leaves out of the Worker: our tools' inputs
 * are zod's, and nothing here asks a client for a form.
 */
export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new Error("JSON Schemas are not validated here: a tool's schema is zod's");
  }
}

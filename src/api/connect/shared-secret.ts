/** A secret that another system and this one share, as it is set over the wire. */
import * as z from "zod";

const MAX_SECRET = 200;

export const sharedSecret = z
  .string()
  .max(MAX_SECRET)
  .regex(/^[!-~]{16,}$/, "must have 16 or more printable ASCII characters without spaces");

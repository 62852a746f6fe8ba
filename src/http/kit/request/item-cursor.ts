/** The cursor of a list of items in the order of store and product. */
import * as z from "zod";
import { Problem } from "../../../api/problems.ts";
import type { ItemIdentity } from "../../../storage/identity.ts";

const Place = z.tuple([z.string(), z.string()]);

export const listedAfter = {
  of({ storeId, productId }: ItemIdentity): string {
    return encodeURIComponent(JSON.stringify([storeId, productId]));
  },

  /** Null for no cursor. */
  parse(cursor: string | undefined): ItemIdentity | null {
    if (cursor === undefined) return null;
    try {
      const [storeId, productId] = Place.parse(JSON.parse(decodeURIComponent(cursor)));
      return { storeId, productId };
    } catch {
      throw new Problem("validation_failed", "The cursor was not issued by this service.", {
        errors: [{ pointer: "cursor", message: "is not a cursor of this service" }],
      });
    }
  },
};

/** Pages of a collection, in the order of its ids. */
import * as z from "zod";
import { pageSize } from "../requests.ts";

export const ListQuery = z.strictObject({ limit: pageSize(50, 200), cursor: z.string().max(1_024).optional() });

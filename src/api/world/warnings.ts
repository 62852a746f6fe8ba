import * as z from "zod";

/** Sentences about what was stored and has no effect as it is; absent = there is nothing to say. */
export const warnings = z.array(z.string()).optional().describe("In the answer to a PUT: what has no effect as it is");

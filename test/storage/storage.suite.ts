/** All that a storage promises: written once, run on D1 and on PostgreSQL. */
import type { Storage } from "../../src/storage/storage-interface.ts";
import { countersSuite } from "./counters.suite.ts";
import { keysSuite } from "./keys.suite.ts";
import { salesSuite } from "./sales.suite.ts";
import { sessionsSuite } from "./sessions.suite.ts";
import { uploadsSuite } from "./uploads.suite.ts";
import { workflowsSuite } from "./workflows.suite.ts";
import { purchasesSuite } from "./purchases.suite.ts";
import { worldSuite } from "./world.suite.ts";

export function storageSuite(storage: () => Storage): void {
  workflowsSuite(storage);
  uploadsSuite(storage);
  keysSuite(storage);
  countersSuite(storage);
  purchasesSuite(storage);
  worldSuite(storage);
  salesSuite(storage);
  sessionsSuite(storage);
}

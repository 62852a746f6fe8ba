/** Sends a plan from the command line, with a progress bar. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { UploadPlan } from "../../../src/reader/upload/upload-plan.ts";
import { upload, UploadProblem, type UploadOutcome } from "../../../src/reader/upload/send.ts";
import { progress } from "../command/progress.ts";
import { StartupProblem } from "../command/startup-problem.ts";
import type { ImportServer } from "./import-server.ts";

/** Throws a StartupProblem that says what to do. */
export async function uploadWithProgress(server: ImportServer, plan: UploadPlan): Promise<UploadOutcome> {
  const bar = progress(
    "loading",
    plan.parts.reduce((sum, part) => sum + part.rows, 0),
  );
  try {
    return await upload(
      {
        send: (request) => server.send(request),
        sleep: async (ms) => sleep(ms),
        hash: async (text) => createHash("sha256").update(text).digest("base64url"),
        progress: (rows) => bar.step(rows),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
      },
      plan,
    );
  } catch (error) {
    throw error instanceof UploadProblem ? new StartupProblem(error.message) : error;
  } finally {
    bar.done();
  }
}

/**
 * Work whose alarm the platform has lost, beside overdue questions: the sweep finds it by the log. Each object is made
 * with its rows and without an alarm.
 */
import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { Journal } from "../../../src/item/store/journal.ts";
import { PROJECTION_SCHEMA } from "../../../src/projection/collector.ts";
import { sweep } from "../../../src/scheduled/sweep.ts";
import { recordOf } from "../../../src/storage/record/workflow-record.ts";
import { DUE_GRACE_MS, projectionOf } from "../../../src/storage/workflow-log.ts";
import type { Workflow } from "../../../src/workflow/types/workflow.ts";
import { aDelivery, aWorkflow } from "../../support/builders/a-workflow.ts";
import { eventually } from "../support/eventually.ts";
import { itemStub, passTime, T0, useWorld } from "../support/world.ts";

useWorld();

const PRODUCT = "FORGOTTEN";
const BEGUN: Partial<Workflow> = { createdAt: T0, updatedAt: T0, productId: PRODUCT, storeId: "main", review: null };

const LEFT: Readonly<Record<string, { readonly left: Partial<Workflow>; readonly done: (row: Row) => boolean }>> = {
  "a delivery that nobody has made": {
    left: {
      status: "completed",
      deliveries: [aDelivery({ channel: "webhook", purpose: "decision", status: "pending", dueAt: T0 })],
    },
    // There is no such receiver here, so an attempt drops it.
    done: ({ due }) => due === null,
  },
  "a workflow that nobody has gone on with": {
    left: { status: "running", decision: null },
    done: ({ status }) => status !== "running",
  },
};

interface Row {
  readonly [column: string]: unknown;
  readonly status: string;
  readonly due: number | null;
}

it.each(Object.entries(LEFT))("%s is found by the sweep", async (_, { left, done }) => {
  const stub = itemStub(PRODUCT);
  const objectId = stub.id.toString();
  const workflow = aWorkflow({ ...BEGUN, id: `${objectId}-1`, seq: 1, ...left });
  await runInDurableObject(stub, (_instance, { storage }) => {
    new Journal(storage, objectId).commit({ workflows: [workflow] }, T0);
  });
  await abortAllDurableObjects();
  await env.COLLECTOR.getByName("forgotten").push(PROJECTION_SCHEMA, [projectionOf(objectId, recordOf(workflow))]);
  const row = () => env.DB.prepare("SELECT status, json_extract(metrics, '$.due') AS due FROM workflows").first<Row>();
  expect(done((await row())!)).toBe(false);
  passTime(DUE_GRACE_MS - 1);
  expect(await sweep(env as never, Date.now())).toEqual({ poked: 0, failed: 0 });
  passTime(1);
  expect(await sweep(env as never, Date.now())).toEqual({ poked: 1, failed: 0 });
  await eventually(async () => expect(done((await row())!)).toBe(true));
});

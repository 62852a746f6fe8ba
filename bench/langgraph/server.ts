/**
 * The original plan's shape: a Hono server on Node, a LangGraph.js graph of six nodes, its SQLite checkpointer. One
 * thread a workflow, checkpoints as LangGraph makes them by default. Arguments: port, folder of the state.
 */
import { serve } from "@hono/node-server";
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import { Hono } from "hono";
import { join } from "node:path";
import type { Workflow } from "../../src/workflow/types/workflow.ts";
import {
  act,
  answerOf,
  assess,
  forecast,
  reason,
  review,
  validate,
  type LeanAssessment,
  type Received,
} from "../workload/peer-steps.ts";

const [port, folder] = process.argv.slice(2);

const State = Annotation.Root({
  received: Annotation<Received>,
  workflow: Annotation<Workflow>,
  inputsVersion: Annotation<string>,
  assessment: Annotation<LeanAssessment>,
});
type Held = typeof State.State;

const saver = SqliteSaver.fromConnString(join(folder!, "checkpoints.sqlite"));
const graph = new StateGraph(State)
  .addNode("validate", (held: Held) => ({ workflow: validate(held.received) }))
  .addNode("forecast", (held: Held) => ({ inputsVersion: forecast(held.workflow) }))
  .addNode("assess", (held: Held) => assess(held.workflow, held.received.now))
  .addNode("reason", (held: Held) => ({ workflow: reason(held.workflow) }))
  .addNode("review", (held: Held) => ({ workflow: review(held.workflow, held.assessment, held.received.now) }))
  .addNode("act", (held: Held) => ({ workflow: act(held.workflow) }))
  .addEdge(START, "validate")
  .addEdge("validate", "forecast")
  .addEdge("forecast", "assess")
  .addEdge("assess", "reason")
  .addEdge("reason", "review")
  .addEdge("review", "act")
  .addEdge("act", END)
  .compile({ checkpointer: saver });

const app = new Hono();

app.post("/inventory-trigger", async (c) => {
  const id = crypto.randomUUID();
  const received: Received = { id, seq: 1, body: await c.req.json(), now: Date.now() };
  const held = await graph.invoke({ received }, { configurable: { thread_id: id } });
  return c.json(answerOf(held.workflow));
});

app.get("/workflows/:id", async (c) => {
  const { values } = await graph.getState({ configurable: { thread_id: c.req.param("id") } });
  const workflow = (values as Partial<Held>).workflow;
  return workflow === undefined ? c.notFound() : c.json(answerOf(workflow));
});

serve({ fetch: app.fetch, port: Number(port), hostname: "127.0.0.1" }, () => process.send?.("ready"));
process.on("disconnect", () => process.exit(0));

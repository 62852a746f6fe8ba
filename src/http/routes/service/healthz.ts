/** `GET /healthz`: the Worker runs and is configured (a misconfigured one answers every path 503). */
import { HealthAnswer } from "../../../api/service-responses.ts";
import { json, open } from "../../kit/route.ts";

export const getHealth = open({
  method: "GET",
  path: "/healthz",
  docs: {
    summary: "Alive and configured",
    group: "service",
    answers: { 200: { says: "Alive", content: json(HealthAnswer) } },
  },
  handle: (c) => c.json({ status: "ok" }),
});

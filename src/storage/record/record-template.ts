/**
 * A usual record: a hold by the plan that nobody is asked about. Stored records name only what differs from it, by
 * position, so it never changes. Another usual record is a new template under a new mark in `record-text.ts`.
 *
 * Texts that begin with @ are what the record says elsewhere: its own id, ordinal and time, and its first reason.
 */
export const TEMPLATE_B =
  '{"schema":1,"id":"@id","seq":"@seq","version":1,"storeId":"main","productId":"","status":"completed",' +
  '"supersededBy":null,"revision":1,"snapshot":{"onHand":0,"backordered":0,"unmet":"lost","belowZero":0,' +
  '"safetyStock":0,"leadTimeDays":7,"reviewPeriodDays":1,"calendar":null,"costs":{"holding":1,' +
  '"shortage":18.999999999999982,"fixedOrder":0},"serviceLevel":0.95,"unitCost":null,"constraints":{' +
  '"minOrderQuantity":0,"packSize":1,"maxStock":null},"shelfLifeDays":null,"phaseOutOn":null,"orderUnit":null,' +
  '"said":{"currentStock":0,"backordered":0,"reserved":0,"safetyStock":null,"terms":{"leadTimeDays":7,' +
  '"unitCost":0}},"onOrder":null,"notes":null,"occurredAt":"@at","receivedAt":"@at"},"shownAs":{"name":"",' +
  '"gtin":"","store":"","supplier":"","timeZone":"Europe/Berlin","locale":"de-DE","currency":"EUR"},"nodes":[' +
  '{"node":"validate","status":"done","durationMs":0},{"node":"forecast","status":"done","durationMs":0,' +
  '"note":"history of 90 days"},{"node":"assess","status":"done","durationMs":0,"note":"baseline: hold 0"},' +
  '{"node":"reason","status":"skipped","durationMs":0,"note":"the baseline stands"},{"node":"review",' +
  '"status":"done","durationMs":0,"note":"no person needed"},{"node":"act","status":"done","durationMs":0,' +
  '"note":"hold"}],"decision":{"action":"hold","quantity":0,"confidence":0,"forecastConfidence":0,' +
  '"inStockProbability":1,"decidedBy":"plan","fallback":false,"rationale":"@reason","reasons":["Hold: the chance of ' +
  "running short before another order could help is under 1 %; at these costs up to 5 % is worth accepting." +
  '",""],"evidence":{"inventoryPosition":0,"projectedStockAtArrival":0,"demandQuantile":0,"criticalRatio":0.95,' +
  '"bindingConstraint":null,"stockoutProbabilityIfHold":0,"meanDemandPerDay":0,"seasonFactor":null,' +
  '"expectedWaste":null,"wished":0,"leadTimeDays":7,"reviewPeriodDays":1,"historyThrough":0,"historyAgeDays":0,' +
  '"events":[],"soldOutOn":null,"lastsUntil":null},"model":null,"tokens":null,"costUsd":null,"calendar":null},' +
  '"recommendation":{"action":"hold","quantity":0,"confidence":0},"review":null,"audit":[{"seq":1,"at":"@at",' +
  '"event":"received","actor":"key:root","label":"root key"},{"seq":2,"at":"@at","event":"executed","actor":"plan",' +
  '"detail":"hold","hash":""}],"deliveries":[],"createdAt":"@at","updatedAt":"@at","latencyMs":1,"sentBy":"key:root",' +
  '"runId":"","requestId":"","origin":"http://localhost:8787","factsFingerprint":"1/0/0/0","track":{"scored":0,' +
  '"right":0,"confidenceSum":0,"brierSum":0,"inStock":0,"waiting":[{"workflowId":"@object-1","day":0,"quantity":0,' +
  '"confidence":0,"leadDays":7,"reviewDays":1,"usualDemand":0,"holding":1,"shortage":18.999999999999982,' +
  '"stockAtArrival":null}]},"outages":[]}';

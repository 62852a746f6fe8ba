/**
 * The dictionary of compressed records: the names, words and sentences that most records share, in the order
 * in which a record has them. Stored records hold references into this text, so it never changes. Other wording is a
 * new dictionary under a new mark in `record-text.ts`; a sentence that is missing here is stored in full.
 */
export const DICTIONARY_A = [
  "Restock : without it the chance of running short when it would arrive is under 1 %, with it ",
  "The inventory position of  is below half the safety stock of  is not below ",
  "There is no demand history and no forecast, so the plain rule decided.",
  "There is no history, no forecast and no safety stock: nothing is known of demand.",
  "There is no history and no forecast: demand is guessed from the safety stock.",
  "The uploaded forecast carries  of the weight, by its past accuracy.",
  "The season counts:  times the usual demand when the order arrives.: about  times the usual.",
  "The minimum order of Whole packs of  lift it from about The maximum stock of  cuts it from ",
  "The safety stock of  asks for more than costs do.The adviser gave no usable answer, so the statistical plan stands.",
  " are expected to expire unsold.An open order of  is overdue and no longer counts, which lowers the confidence.",
  "Of  past days nothing is known: out of stock, or not recorded.The last  days are among them, which lowers " +
    "the confidence.",
  "Half of it would leave a chance of  % of running short. With  more on hand or on the way it would be a hold.",
  "Sales are known to 20: of 1 day since then nothing is known.By the plan alone: A language model moved the plan's ",
  " rejected the recommendation, so nothing is ordered.Nobody answered in time, so nothing is ordered.",
  '","model":"gpt-","promptVersion":"2026-11-standard","attempts":1,"outcome":"advice","facts":"{\\"product_id\\":\\"',
  '"stands":"expired","llm","fallback","modified","approved","rejected","superseded","no history, no forecast"',
  '},"deliveries":[{"key":"/1/ask/email/","channel":"email","purpose":"ask","revision":1,"recipient":"@",' +
    '"status":"done",',
  '"attempts":0,"dueAt":,"ref":"","status":"pending"},{"channel":"slack","webhook","purpose":"outcome",',
  '{"node":"review","status":"running","durationMs":0,"note":"asked: low_confidence"},{"node":"act","status":"pending"',
  '"review":{"status":"pending","reason":"low_confidence","reasons":["plain_rule","negative_stock"],"askedAt":2',
  ',"expiresAt":2,"remindAt":2,"decidedAt":null,"decidedBy":null,"principal":null,"channel":null,"comment":null,',
  '"verdict":null,"approvalsNeeded":1,"approvals":[]},{"kind":"approve","quantity":null},"approvals":[{"actor":{',
  '"seq":2,"at":,"event":"asked","actor":"stockwarden","detail":"low_confidence","hash":"","event":"verdict",',
  '"channel":"api","label":"detail":"approve","hash":"","event":"executed","actor":"key:","detail":"restock ',
  '"event":"superseded","facts_updated","adviser_called","adviser_answered","reminded","escalated","revised",',
  '"calendar":{"supplierId":"","orderBy":2,"arrivesOn":2,"expectedAt":2,"nextOrderBy":2,"nextArrivesOn":2,',
  '"laterArrivals":[2,2,2]},"shownAs":{"name":"","store":"","supplier":"","timeZone":"Europe/Berlin","locale":"en",',
  '"currency":"EUR"},{"schema":1,"id":"","seq":1,"version":1,"storeId":"main","productId":"SKU-","status":"completed",',
  '"awaiting_human_review","supersededBy":null,"revision":1,"snapshot":{"onHand":0,"backordered":0,' +
    '"unmet":"backorder",',
  '"lost","belowZero":0,"safetyStock":20,"leadTimeDays":7,"reviewPeriodDays":1,"calendar":null,"costs":{"holding":1,',
  '"shortage":18.999999999999982,"fixedOrder":0},"serviceLevel":0.95,"unitCost":null,' +
    '"constraints":{"minOrderQuantity":0,',
  '"packSize":1,"maxStock":null},"shelfLifeDays":null,"phaseOutOn":null,"orderUnit":null,"said":{"currentStock":0,',
  '"backordered":0,"reserved":0,"safetyStock":null,"terms":{}},"onOrder":null,"notes":null,"occurredAt":2,' +
    '"receivedAt":2},',
  '"nodes":[{"node":"validate","status":"done","durationMs":0},{"node":"forecast","status":"done","durationMs":0,',
  '"note":"history of  days"},{"node":"assess","status":"done","durationMs":0,"note":"baseline: restock hold 0"},',
  '{"node":"reason","status":"skipped","durationMs":0,"note":"the baseline stands"},{"node":"review","status":"done",',
  '"durationMs":0,"note":"no person needed"},{"node":"act","status":"done","durationMs":0,"note":"hold"}],',
  '"decision":{"action":"restock","hold","quantity":0,"confidence":0.9,"forecastConfidence":0.,"inStockProbability":1,',
  '"decidedBy":"human","decidedBy":"plan","fallback":true,"fallback":false,"rationale":"Hold: the chance of ' +
    "running short ",
  'before another order could help is under 1 %; at these costs up to 5 % is worth accepting.","reasons":["","',
  " on hand ( with what is on order or owed), about  wanted a day:  are expected to be left when an order placed now ",
  'arrives, in 7 days.","as the order arrives, at once.It would become an order with about  fewer in stock."',
  '"evidence":{"inventoryPosition":,"projectedStockAtArrival":,"demandQuantile":,"criticalRatio":0.95,',
  '"bindingConstraint":"safety_stock","bindingConstraint":null,"stockoutProbabilityIfHold":0,"meanDemandPerDay":,',
  '"seasonFactor":null,"expectedWaste":null,"wished":0,"leadTimeDays":7,"reviewPeriodDays":1,"historyThrough":2,',
  '"historyAgeDays":0,"events":[],"soldOutOn":null,"lastsUntil":null},"model":null,"tokens":null,"costUsd":null,',
  '"modelWords":null,"calendar":null},"recommendation":{"action":"hold","quantity":0,"confidence":0.9},"review":null,',
  '"audit":[{"seq":1,"at":1,"event":"received","actor":"key:root","label":"root key","hash":""},{"seq":2,"at":1,',
  '"event":"executed","actor":"plan","detail":"hold","hash":""}],"deliveries":[],"createdAt":1,"updatedAt":1,',
  '"latencyMs":0,"sentBy":"key:root","runId":"","requestId":"","origin":"http://localhost:8787","https://',
  '"factsFingerprint":"1/1/0/0","track":{"scored":0,"right":0,"confidenceSum":0,"brierSum":0,"inStock":0,"waiting":[{',
  '"workflowId":"","day":2,"quantity":0,"confidence":0.9,"leadDays":7,"reviewDays":1,"usualDemand":,"holding":1,',
  '"shortage":18.999999999999982,"stockAtArrival":null}]},"outages":[{"from":,"to":null}],"outages":[]}',
].join("");

/** The routes that a store's count comes in by: what they need is all that an isolate evaluates to answer a trigger. */
import type { Route } from "../../kit/route.ts";
import { postTrigger } from "./inventory-trigger.ts";
import { postTriggers } from "./inventory-triggers.ts";

export const TRIGGER_ROUTES: readonly Route[] = [postTrigger, postTriggers];

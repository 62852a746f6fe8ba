/** The storage on D1. */
import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { storageOf } from "../../src/storage/storage.ts";
import { storageSuite } from "../storage/storage.suite.ts";

beforeEach(() => applyD1Migrations(env.DB, env.TEST_MIGRATIONS));
afterEach(() => reset());

it("is D1 where no Hyperdrive is bound", () => {
  expect(storageOf(env).kind).toBe("d1");
});

storageSuite(() => storageOf(env));

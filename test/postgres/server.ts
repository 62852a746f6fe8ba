/** The PostgreSQL that the storage's tests run on: started before them with its tables, stopped after them. */
import type { TestProject } from "vitest/node";
import { migratePostgres } from "../../scripts/lib/databases/postgres-schema.ts";
import { startPostgres } from "../support/peers/postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgresPort: number;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres(project.getProvidedContext().postgresPort);
  await migratePostgres(server.url);
  return () => server.remove();
}

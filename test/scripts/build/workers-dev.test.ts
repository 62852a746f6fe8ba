import { expect, it } from "vitest";
import { isOwnAddress, withoutWorkersDev } from "../../../scripts/lib/server/workers-dev.ts";

it("the address of the platform goes once there is another, unless the configuration says otherwise", () => {
  const addresses = [undefined, "https://stockwarden.me.workers.dev", "https://stock.example.com"];
  expect(addresses.map(isOwnAddress)).toEqual([false, false, true]);
  expect(withoutWorkersDev('name = "x"\n[vars]\n')).toBe('workers_dev = false\nname = "x"\n[vars]\n');
  expect(withoutWorkersDev('name = "x"\nworkers_dev = true\n')).toBe('name = "x"\nworkers_dev = true\n');
});

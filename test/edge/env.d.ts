declare namespace Cloudflare {
  interface Env extends Omit<import("../../src/env.ts").Env, never> {
    readonly TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
  interface GlobalProps {
    mainModule: typeof import("../../src/index.ts");
  }
}

declare module "*?raw" {
  const text: string;
  // oxlint-disable-next-line import/no-default-export
  export default text;
}

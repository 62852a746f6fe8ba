declare namespace Cloudflare {
  interface Env extends Omit<import("../../src/config/env.ts").Env, never> {
    readonly TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
  interface GlobalProps {
    mainModule: typeof import("../../src/index.ts");
  }
}

// A file's text, as Vite gives it: always a default export.
declare module "*?raw" {
  const text: string;
  export default text;
}

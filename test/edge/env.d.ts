declare namespace Cloudflare {
  interface Env {
    readonly TEST_MIGRATIONS: import("cloudflare:test").D1Migration[];
    /** Bound by the tests of PostgreSQL alone. */
    readonly HYPERDRIVE?: Hyperdrive;
  }
}

// A file's text, as Vite gives it: always a default export.
declare module "*?raw" {
  const text: string;
  export default text;
}

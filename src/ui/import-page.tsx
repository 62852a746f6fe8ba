/** `/import`: a shop's own files. Its script reads them in the browser, and brings the form (src/browser). */
import { IMPORT_JS, IMPORT_WORKER } from "./generated/asset-paths.ts";
import { Layout, type LayoutProps } from "./page-layout.tsx";

export function ImportPage({ session }: { session: NonNullable<LayoutProps["session"]> }) {
  return (
    <Layout title="Load files" script={IMPORT_JS} session={session}>
      <div id="import" data-worker={IMPORT_WORKER} data-csrf={session.csrf}>
        <h1>Load your files</h1>
        <p class="soft">
          Products, sales and stock, as CSV or XLSX: your own lists, or the exports of Shopify, WooCommerce and Square.
          Files are read here in your browser. You see how before anything is loaded, and only the columns that are used
          leave it.
        </p>
        <noscript>
          <p class="error">
            This page reads files with JavaScript. Without it, use npm run import on the command line.
          </p>
        </noscript>
      </div>
    </Layout>
  );
}

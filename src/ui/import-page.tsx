/** `/import`: a shop's own files. The page is empty without its script, since files are read in the browser. */
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
        <label class="drop" id="drop" for="files">
          <strong>Drop files here</strong>
          <span>or choose them</span>
          <input id="files" type="file" multiple accept=".csv,.tsv,.txt,.xlsx" />
        </label>
        <div id="readings"></div>
        <section class="card" id="confirm" hidden>
          <h2>Load</h2>
          <div class="fields">
            <label for="store">
              Store of files that name none
              <input id="store" name="store" placeholder="main" autocomplete="off" aria-describedby="store-rule" />
              <span class="small soft" id="store-rule">
                Its id. Empty: main.
              </span>
            </label>
            <label for="through">
              Sales are complete up to
              <input id="through" name="through" type="date" aria-describedby="through-rule" />
              <span class="small soft" id="through-rule">
                Empty: the last day of the file.
              </span>
            </label>
          </div>
          <label class="check" for="replace">
            <input id="replace" type="checkbox" /> Drop sales that are stored by another period
          </label>
          <p class="soft" id="why"></p>
          <button class="primary" type="button" id="load" disabled>
            Load
          </button>
        </section>
        <div id="progress" hidden>
          <progress id="bar" max="1" value="0" aria-label="Rows loaded"></progress>
        </div>
        <p id="said" role="status"></p>
        <section class="card" id="done" hidden></section>
        <section class="card" id="last" hidden>
          <p id="last-text"></p>
          <p class="soft">
            Taking it back removes the sales of these items on these days, also what was stored there before. Settings
            and counts stay.
          </p>
          <button type="button" id="undo">
            Take it back
          </button>
        </section>
      </div>
    </Layout>
  );
}

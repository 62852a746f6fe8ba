/** The form of `/import`: of no use without the script, which brings it. */
export const IMPORT_MARKUP = `
<label class="drop" id="drop" for="files">
  <strong>Drop files here</strong>
  <span>or choose them</span>
  <input id="files" type="file" multiple accept=".csv,.tsv,.txt,.xlsx">
</label>
<div id="readings"></div>
<section class="card" id="confirm" hidden>
  <h2>Load</h2>
  <div class="fields">
    <label for="store">
      Store of files that name none
      <input id="store" name="store" placeholder="main" autocomplete="off" aria-describedby="store-rule">
      <span class="small soft" id="store-rule">
        Its id. Empty: main.
      </span>
    </label>
    <label for="through">
      Sales are complete up to
      <input id="through" name="through" type="date" aria-describedby="through-rule">
      <span class="small soft" id="through-rule">
        Empty: the last day of the file.
      </span>
    </label>
  </div>
  <label class="check" for="replace">
    <input id="replace" type="checkbox"> Drop sales that are stored by another period
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
  <button class="plain" type="button" id="undo">
    Take it back
  </button>
</section>
`;

/**
 * What the keys of the inbox do, as the inbox's script adds it to the page. Opened with "?"; the keys can be switched
 * off, as some people's tools type letters.
 */
const KEYS: readonly (readonly [key: string, does: string])[] = [
  ["j", "next question"],
  ["k", "question before"],
  ["x", "tick it"],
  ["e", "change its quantity"],
  ["a", "approve what is ticked, or this one"],
  ["r", "reject what is ticked, or this one"],
  ["o", "open it"],
  ["?", "this list"],
];

const rows = KEYS.map(([key, does]) => `<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`);

export const KEYS_HELP =
  '<dialog id="keys" aria-labelledby="keys-title"><form method="dialog"><h2 id="keys-title">Keys</h2>' +
  `<dl class="keys">${rows.join("")}</dl>` +
  '<p class="small soft">You always see once more what you answer, and Enter confirms it.</p>' +
  '<label class="check"><input type="checkbox" id="keys-on" checked /> Use these keys in this browser</label>' +
  '<button class="plain" type="submit">Close</button></form></dialog>';

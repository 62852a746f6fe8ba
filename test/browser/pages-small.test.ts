/** Every page on a phone, light and dark, and in a window zoomed to 400 %. */
import { PHONE } from "./browser.ts";
import { pagesSuite } from "./pages-suite.ts";

pagesSuite([
  { name: "phone-light", options: { ...PHONE, colorScheme: "light" } },
  { name: "phone-dark", options: { ...PHONE, colorScheme: "dark" } },
  // What a browser's zoom does to a window of 1280 pixels.
  { name: "zoomed-400", options: { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4 } },
]);

/** Every page on a phone, light and dark, and in a window zoomed to 400 %. */
import { PHONE } from "./browser.ts";
import { pagesSuite } from "./pages-suite.ts";

pagesSuite([
  { name: "phone", options: PHONE },
  // What a browser's zoom does to a window of 1280 pixels.
  {
    name: "zoomed-400",
    isZoomed: true,
    options: { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4 },
  },
]);

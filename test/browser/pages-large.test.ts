/** Every page on a desk, light and dark, and in a window zoomed to 200 %. */
import { DESK } from "./browser.ts";
import { pagesSuite } from "./pages-suite.ts";

pagesSuite([
  { name: "desk", options: DESK },
  // What a browser's zoom does to a window of 1280 pixels.
  {
    name: "zoomed-200",
    isZoomed: true,
    options: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  },
]);

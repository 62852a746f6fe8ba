/** pino's types name only its Node build; its browser build takes the same options. */
declare module "pino/browser.js" {
  export { pino, type Logger } from "pino";
}

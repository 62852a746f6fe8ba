/** Made by npm run build:pages from src/ui and src/browser. */
export const STYLESHEET = "/assets/stockwarden.11kd2ue.css";
export const DOCS_STYLESHEET = "/assets/docs.cie09u.css";
export const FAVICON = "/assets/icon.1j5ehlz.svg";
export const PAGE_JS = "/assets/page.14uuvwi.js";
export const REVIEW_JS = "/assets/review.tmy4r7.js";
export const INBOX_JS = "/assets/inbox.1xu8n83.js";
export const IMPORT_JS = "/assets/import.b1h7mt.js";
export const IMPORT_WORKER = "/assets/import-worker.194zk0c.js";

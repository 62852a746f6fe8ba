/**
 * Preloaded into Wrangler: a server whose starter is gone, even by SIGKILL, ends itself instead of holding its port.
 */
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));

/**
 * Preloaded into Wrangler: a server ends itself when its parent is gone, even by SIGKILL, instead of holding its port.
 */
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));

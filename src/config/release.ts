/** The release that error reports and `inventory_build_info` name. */
import manifest from "../../package.json" with { type: "json" };

export const RELEASE = `${manifest.name}@${manifest.version}`;

/** The release that error reports and `inventory_build_info` name. */
import { name, version } from "../../package.json" with { type: "json" };

export const RELEASE = `${name}@${version}`;

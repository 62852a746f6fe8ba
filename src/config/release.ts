/**
 * The release that error reports and `inventory_build_info` name. Written here again, since an import of package.json
 * would carry all of it into every isolate; `test/config/release.test.ts` compares the two.
 */
export const RELEASE = "stockwarden@0.1.0";

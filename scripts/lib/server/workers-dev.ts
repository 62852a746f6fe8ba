/**
 * The address that the platform gives a Worker lies outside of one's own domain and its rules: it goes once there is a
 * domain.
 */

export function isOwnAddress(publicUrl: string | undefined): boolean {
  return publicUrl !== undefined && !new URL(publicUrl).hostname.endsWith(".workers.dev");
}

/** The configuration with that address switched off; what it says itself stays. */
export function withoutWorkersDev(toml: string): string {
  return /^workers_dev\s*=/m.test(toml) ? toml : `workers_dev = false\n${toml}`;
}

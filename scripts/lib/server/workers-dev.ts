/**
 * The Worker's `workers.dev` address is outside your own domain and its rules, so it is switched off once there is a
 * domain.
 */

export function isOwnAddress(publicUrl: string | undefined): boolean {
  return publicUrl !== undefined && !new URL(publicUrl).hostname.endsWith(".workers.dev");
}

/** The configuration with that address switched off; an explicit value is kept. */
export function withoutWorkersDev(toml: string): string {
  return /^workers_dev\s*=/m.test(toml) ? toml : `workers_dev = false\n${toml}`;
}

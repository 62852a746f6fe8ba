/** Where the service may send to: public hosts over https; the machine itself only in local development. */

/** Names that only a local network resolves. */
const LOCAL_NAME = /\.(local|localhost|localdomain|internal|intranet|lan|home\.arpa)$/;

/** `localhost` and the loopback addresses: where plain http and development secrets are allowed. */
export function isLoopbackUrl(value: string | null | undefined): boolean {
  if (value === null || value === undefined) return false;
  try {
    return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(value).hostname);
  } catch {
    return false;
  }
}

/**
 * Null when the service may send there; else what is wrong with the URL, in words.
 *
 * @param isLocal the service itself runs on the machine of its developer.
 */
export function refusedUrl(url: string, isLocal: boolean, protocols: readonly string[] = ["https:"]): string | null {
  if (isLocal && isLoopbackUrl(url)) return null;
  const { protocol, hostname: written } = new URL(url);
  if (!protocols.includes(protocol)) return `must begin with ${protocols.map((scheme) => `${scheme}//`).join(" or ")}`;
  const hostname = written.replace(/\.+$/, "");
  const isPublic = !/^[\d.]+$|^\[/.test(hostname) && hostname.includes(".") && !LOCAL_NAME.test(hostname);
  return isPublic ? null : "must name a public host, not an address or a local name";
}

/** `Name <address>` and plain addresses, as settings have them, and as SMTP takes them. */

/** RFC 5321 allows 254 characters; anything with a line break or a list in it is no address. */
const ADDRESS = /^[^\s,;<>"]{1,200}@[^\s,;<>"]{1,253}$/;

/** True for one plain address. */
export function isOneAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** True for one address, with or without a name before it. */
export function isSender(text: string): boolean {
  return isOneAddress(addressParts(text).address);
}

export interface AddressParts {
  /** Empty where there is none. */
  readonly name: string;
  readonly address: string;
}

export function addressParts(text: string): AddressParts {
  const [, name, address] = /^(.*?)\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  if (address === undefined) return { name: "", address: withAsciiDomain(text.trim()) };
  const unquoted = /^"(.*)"$/.exec(name!.trim())?.[1]?.replaceAll(/\\(.)/g, "$1");
  return { name: unquoted ?? name!.trim(), address: withAsciiDomain(address.trim()) };
}

/** Mail servers know international domains by their ASCII form only. */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  if (at < 0 || /^[ -~]*$/.test(domain)) return address;
  const url = URL.parse(`https://${domain}`);
  return url === null ? address : `${address.slice(0, at)}@${url.hostname}`;
}

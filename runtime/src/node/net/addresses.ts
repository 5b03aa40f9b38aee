/** Addresses: what is an IP address, and which names lead into the sandbox. */

const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

export function isIPv4(text: unknown): boolean {
  return V4.test(String(text));
}

export function isIPv6(text: unknown): boolean {
  const address = String(text).replace(/%.*$/, '');
  if (!/^[0-9a-f:.]+$/i.test(address) || !address.includes(':')) return false;
  try {
    return new URL(`http://[${address}]/`).hostname.length > 0;
  } catch {
    return false;
  }
}

export const isIP = (text: unknown): 0 | 4 | 6 => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

/** The name of a cluster of MongoDB's cloud: the database of the sandbox stands in for it. */
export function isAtlas(host: string): boolean {
  return /\.mongodb(?:-dev|-qa)?\.net$/i.test(host);
}

/** The address that a name has in the sandbox; undefined for a name that leads nowhere. */
export function addressOf(host: string): string | undefined {
  if (host === '::1' || host === '::') return '::1';
  if (host === '' || host === 'localhost' || host === '0.0.0.0' || /^127\./.test(host) || isAtlas(host)) return '127.0.0.1';
  return isIP(host) ? host : undefined;
}

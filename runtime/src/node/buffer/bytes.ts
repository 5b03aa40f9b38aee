/** The class of every Buffer, and text in UTF-8 as bytes. */

const encoder = new TextEncoder();

/**
 * Instances of a class are born with its prototype; to change it afterwards, as the package does, is slow. In a list, as the
 * bundler would name a class that stands alone, and one with a name defined is slow too.
 */
export const [FastBuffer] = [class extends Uint8Array {}];

export const isUrl = (encoding: unknown): boolean => typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';
export const isUtf8 = (encoding: unknown): boolean => encoding === undefined || encoding === 'utf8' || encoding === 'utf-8';

/** Text as the package decodes it: it has no `base64url`, and takes half of what is no pair of hex digits for a pair. */
export function decodable(text: string, encoding: string): [text: string, encoding: string] {
  if (isUrl(encoding)) return [text.replaceAll('-', '+').replaceAll('_', '/'), 'base64'];
  return encoding.toLowerCase() === 'hex' ? [/^(?:[\da-f]{2})*/i.exec(text)![0], encoding] : [text, encoding];
}

/** Longest text that a loop encodes faster than the platform. */
const SHORT = 400;

export function encoded(text: string): Uint8Array {
  const { length } = text;
  if (length <= SHORT) {
    const bytes = new FastBuffer(length);
    let at = 0;
    for (; at < length; at += 1) {
      const code = text.charCodeAt(at);
      if (code > 0x7f) break;
      bytes[at] = code;
    }
    if (at === length) return bytes;
  }
  const bytes = encoder.encode(text);
  return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Journal records as the page keeps them: base64 texts, and many records deflated into one where that is shorter. */
import { deflateSync, inflateSync } from 'fflate';
import { base64ToBytes, bytesToBase64 } from './base64';

/** Bytes from which deflating pays. */
const WORTH = 2048;
const MARK = 'deflate:';

/** Records one after the other, each behind its length. */
function joined(records: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(records.reduce((sum, { length }) => sum + 4 + length, 0));
  const view = new DataView(all.buffer);
  let at = 0;
  for (const record of records) {
    view.setUint32(at, record.length, true);
    all.set(record, at + 4);
    at += 4 + record.length;
  }
  return all;
}

function parted(all: Uint8Array): Uint8Array[] {
  const view = new DataView(all.buffer, all.byteOffset, all.length);
  const records: Uint8Array[] = [];
  for (let at = 0; at + 4 <= all.length; ) {
    const length = view.getUint32(at, true);
    records.push(all.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return records;
}

export function pack(records: Uint8Array[]): string[] {
  const bytes = records.reduce((sum, { length }) => sum + length, 0);
  if (bytes < WORTH) return records.map(bytesToBase64);
  const small = deflateSync(joined(records));
  return small.length < bytes ? [MARK + bytesToBase64(small)] : records.map(bytesToBase64);
}

/** What `pack` made, and plain base64; a text that cannot be read is a record that cannot be read. */
export function unpack(texts: string[]): Uint8Array[] {
  return texts.flatMap((text) => {
    if (!text.startsWith(MARK)) return [base64ToBytes(text)];
    const bytes = base64ToBytes(text.slice(MARK.length));
    try {
      return parted(inflateSync(bytes));
    } catch {
      return [bytes];
    }
  });
}

/** A snapshot of the Database tool, a JSON list of such texts, as the databases read it; any other text stays as it is. */
export function plainSnapshot(text: string): string {
  if (!text.includes(MARK)) return text;
  return JSON.stringify(unpack(JSON.parse(text) as string[]).map(bytesToBase64));
}

/** The head of an answer that a program writes to a socket as text. */
import type { HeaderList } from '../../protocol';

export interface RawAnswer {
  status: number;
  message: string;
  headers: HeaderList;
  /** What stands behind the head, one character for each byte if the text was so. */
  rest: string;
}

/** Reads the head; undefined while it is not whole, or is none. */
export function readAnswer(text: string): RawAnswer | undefined {
  const [, status, message = '', head = '', rest = ''] = /^HTTP\/1\.\d (\d{3}) ?(.*?)\r\n((?:.+\r\n)*)\r\n([^]*)$/.exec(text) ?? [];
  return status === undefined ? undefined : { status: Number(status), message, headers: pairs(head), rest };
}

function pairs(head: string): HeaderList {
  return head.split('\r\n').filter(Boolean).map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at), line.slice(at + 1).trim()];
  });
}

/** What a client's parser refuses in the head of a response. */
import type { HeaderList } from '../../protocol';
import { MAX_HEADER_SIZE } from './server-options';

function parseError(reason: string, code: string): Error {
  return Object.assign(new Error(`Parse Error: ${reason}`), { bytesParsed: 0, code, reason });
}

export function responseProblem(headers: HeaderList, limit = MAX_HEADER_SIZE): Error | undefined {
  let size = 0;
  let hasLength = false;
  for (const [name, value] of headers) {
    size += name.length + value.length + 4;
    if (name.length !== 14 || name.toLowerCase() !== 'content-length') continue;
    if (hasLength) return parseError('Content-Length already present', 'HPE_UNEXPECTED_CONTENT_LENGTH');
    hasLength = true;
  }
  return size > (limit || MAX_HEADER_SIZE) ? parseError('Header overflow', 'HPE_HEADER_OVERFLOW') : undefined;
}

/** `stream/consumers`: a stream read to its end, as one value. */
import { Buffer } from './buffer';

type Source = AsyncIterable<Uint8Array | string>;

async function bufferOf(source: Source): Promise<InstanceType<typeof Buffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks);
}

/** A stream that has decoded its text has said so in strings. */
async function textOf(source: Source): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of source) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

export const consumers = {
  arrayBuffer: async (source: Source) => Uint8Array.from(await bufferOf(source)).buffer,
  blob: async (source: Source) => new Blob([Uint8Array.from(await bufferOf(source))]),
  buffer: bufferOf,
  text: textOf,
  json: async (source: Source): Promise<unknown> => JSON.parse(await textOf(source)),
};

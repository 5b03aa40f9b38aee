/** `stream/consumers`: a stream read to its end, as one value. */
import { Buffer } from './buffer';

type Source = AsyncIterable<Uint8Array | string>;

/** What is neither text nor bytes becomes text, as a Blob has it. */
async function blobOf(source: Source): Promise<Blob> {
  const chunks: BlobPart[] = [];
  for await (const chunk of source) chunks.push(chunk as BlobPart);
  return new Blob(chunks);
}

const arrayBufferOf = async (source: Source): Promise<ArrayBuffer> => (await blobOf(source)).arrayBuffer();

/** A stream that has decoded its text has said so in strings. */
async function textOf(source: Source): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of source) text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

export const consumers = {
  arrayBuffer: arrayBufferOf,
  blob: blobOf,
  buffer: async (source: Source) => Buffer.from(await arrayBufferOf(source)),
  text: textOf,
  json: async (source: Source): Promise<unknown> => JSON.parse(await textOf(source)),
};

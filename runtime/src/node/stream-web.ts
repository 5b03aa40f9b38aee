/** Web streams: `stream/web`, and a stream of Node made from one. */
import * as streams from 'readable-stream';

const NAMES = /^(Readable|Writable|Transform|TextEncoder|TextDecoder|Compression|Decompression|ByteLength|Count)\w*(Stream\w*|QueuingStrategy)$/;

/** `stream/web`, as far as the platform has it. */
export function makeWebStreams(): object {
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => NAMES.test(name));
  return Object.fromEntries(names.map((name) => [name, (globalThis as Record<string, unknown>)[name]]));
}

async function* piecesOf(stream: ReadableStream<unknown>): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** `Readable.fromWeb`. */
export function fromWeb(stream: ReadableStream<unknown>, options?: object): unknown {
  const { Readable } = streams as unknown as { Readable: { from(source: AsyncIterable<unknown>, options: object): unknown } };
  return Readable.from(piecesOf(stream), { objectMode: false, ...options });
}

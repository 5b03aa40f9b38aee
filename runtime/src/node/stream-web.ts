/** `stream/web`, as far as the platform has it. */

const NAMES = /^(Readable|Writable|Transform|TextEncoder|TextDecoder|Compression|Decompression|ByteLength|Count)\w*(Stream\w*|QueuingStrategy)$/;

export function makeWebStreams(): object {
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => NAMES.test(name));
  return Object.fromEntries(names.map((name) => [name, (globalThis as Record<string, unknown>)[name]]));
}

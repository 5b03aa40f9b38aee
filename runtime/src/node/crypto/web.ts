/** The global `crypto`: the platform's, with the sandbox's randomness. */
import type { Program } from '../../sandbox/program';

export function makeWebCrypto(program: Program): object {
  const { random } = program.world;
  const subtle = globalThis.crypto.subtle as unknown as Record<string, unknown> | undefined;
  const held = subtle && new Proxy(subtle, {
    get(target, key) {
      const method = target[key as string];
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => program.hold((method as (...args: unknown[]) => Promise<unknown>).apply(target, args));
    },
  });
  return {
    subtle: held,
    randomUUID: () => randomUuid((bytes) => random.fill(bytes)),
    getRandomValues<T extends ArrayBufferView>(view: T): T {
      random.fill(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      return view;
    },
  };
}

/** Version 4, RFC 9562. */
export function randomUuid(fill: (bytes: Uint8Array) => Uint8Array): string {
  const bytes = fill(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Every platform of the runtime has these itself. */
export const AbortController = globalThis.AbortController;
export const AbortSignal = globalThis.AbortSignal;

/** Marks in the engine's answer: how a layer of a router fits. */

export const TAKES = 1;
export const PATH_FITS = 2;
export const SCRIPT = 3;
export const SCRIPT_WITHOUT_METHOD = 4;

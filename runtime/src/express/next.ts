/** The function that a layer gets as `next`. */
import type { Next } from './types';

/** Where a request goes on. */
export interface Steps {
  step(error: unknown): void;
}

/** Made here for every layer, traced or not: engines compile what a layer calls into the layer, as long as it is always the same function. */
export function nextOf(steps: Steps): Next {
  return (error) => steps.step(error);
}

/** Dynamic import for Rust, which has no syntax of its own for it. */
export const load = (url) => import(url);

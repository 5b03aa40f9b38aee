/** What the page and the preview frame say to each other. */
import type { WireRequest, WireResponse } from '../protocol';

/** Page → frame. */
export type PreviewCommand =
  /** Shows a page that the learner's server sent. */
  | { preview: 'show'; url: string; html: string; kept?: Kept }
  | { preview: 'response'; id: number; response: WireResponse }
  | { preview: 'cookies'; id: number; cookies: string };

/** What pages stored, by origin. Only the frame looks into it. */
export type Kept = Record<string, Record<Area, Record<string, string>>>;
export type Area = 'localStorage' | 'sessionStorage';

/** Frame → page. */
export type PreviewEvent =
  /** The frame is empty and can show a page; said after every load. */
  | { preview: 'ready' }
  /** The page in the frame asks its server (fetch, styles, scripts, images). Answered with `response`. */
  | { preview: 'request'; id: number; request: WireRequest }
  /** A link or a form leads to another page: send this request, load the frame again, show the answer. */
  | { preview: 'navigate'; request: WireRequest }
  /** All that pages have stored; comes back with `show`. */
  | { preview: 'keep'; kept: Kept }
  /** `document.cookie` of the page at `url`, after it was assigned `set`. Answered with `cookies`. */
  | { preview: 'cookies'; id: number; url: string; set?: string }
  | { preview: 'title'; title: string }
  | { preview: 'console'; level: 'log' | 'info' | 'warn' | 'error'; text: string };

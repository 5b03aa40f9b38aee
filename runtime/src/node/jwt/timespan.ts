/** Time spans such as `"1h"` and `"2 days"`, as the npm package `ms` reads them. */

const SPAN = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i;
const DAY = 86_400_000;
const UNITS: Record<string, number> = { y: 365.25 * DAY, w: 7 * DAY, d: DAY, h: 3_600_000, m: 60_000, s: 1000 };

function milliseconds(text: string): number | undefined {
  const match = text.length > 0 && text.length <= 100 ? SPAN.exec(text) : null;
  if (!match) return undefined;
  const unit = (match[2] ?? 'ms').toLowerCase();
  const factor = unit === 'ms' || unit.startsWith('msec') || unit.startsWith('milli') ? 1 : UNITS[unit[0]!]!;
  return Number(match[1]) * factor;
}

/** Seconds since the epoch that are a span after `from`; undefined when it is no span. */
export function after(span: unknown, from: number): number | undefined {
  if (typeof span === 'number') return from + span;
  const ms = typeof span === 'string' ? milliseconds(span) : undefined;
  return ms === undefined ? undefined : Math.floor(from + ms / 1000);
}

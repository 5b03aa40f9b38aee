/** The cookies of one client (RFC 6265, without domains: every server is localhost). */
import type { HeaderList } from '../protocol';

interface Cookie {
  name: string;
  value: string;
  path: string;
  /** Milliseconds since the epoch. */
  expires: number | undefined;
  host: string;
  /** Not for scripts of a page (`HttpOnly`). */
  hidden: boolean;
}

export class CookieJar {
  private cookies: Cookie[] = [];

  /** Takes the Set-Cookie headers of an answer. */
  take(host: string, target: string, headers: HeaderList, now: number): void {
    for (const [name, value] of headers) {
      if (name.toLowerCase() === 'set-cookie') this.set(host, target, value, now);
    }
  }

  /** Value of the Cookie header, or undefined. */
  header(host: string, target: string, now: number): string | undefined {
    return this.written(this.fitting(host, target, now)) || undefined;
  }

  /** What `document.cookie` shows. */
  shown(host: string, target: string, now: number): string {
    return this.written(this.fitting(host, target, now).filter(({ hidden }) => !hidden));
  }

  /** Takes what a script assigns to `document.cookie`: it can neither make a cookie that scripts do not see, nor replace one. */
  assign(host: string, target: string, text: string, now: number): void {
    const name = text.split(/[=;]/, 1)[0]!.trim();
    const taken = this.fitting(host, target, now).some((cookie) => cookie.hidden && cookie.name === name);
    if (!taken && !/;\s*httponly\s*(;|$)/i.test(text)) this.set(host, target, text, now);
  }

  private fitting(host: string, target: string, now: number): Cookie[] {
    const path = target.split('?')[0] ?? '/';
    return this.cookies
      .filter((cookie) => cookie.host === host && (cookie.expires === undefined || cookie.expires > now))
      .filter(({ path: own }) => path === own || (path.startsWith(own) && (own.endsWith('/') || path[own.length] === '/')))
      .sort((a, b) => b.path.length - a.path.length);
  }

  /** Cookies that a server on `host` would see, whatever their path. */
  all(host: string, now: number): Record<string, string> {
    const fitting = this.cookies.filter((cookie) => cookie.host === host && (cookie.expires === undefined || cookie.expires > now));
    return Object.fromEntries(fitting.map((cookie) => [cookie.name, cookie.value]));
  }

  private written(cookies: Cookie[]): string {
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  private set(host: string, target: string, text: string, now: number): void {
    const [pair = '', ...attributes] = text.split(';');
    const at = pair.indexOf('=');
    if (at < 0) return;
    const name = pair.slice(0, at).trim();
    const value = pair.slice(at + 1).trim();
    const folder = (target.split('?')[0] ?? '/').replace(/\/[^/]*$/, '') || '/';
    const cookie: Cookie = { name, value, path: folder, expires: undefined, host, hidden: false };
    let maxAge: number | undefined;
    for (const attribute of attributes) {
      const [key = '', detail = ''] = attribute.split(/=(.*)/s).map((part) => part.trim());
      if (/^path$/i.test(key) && detail.startsWith('/')) cookie.path = detail;
      if (/^httponly$/i.test(key)) cookie.hidden = true;
      if (/^max-age$/i.test(key) && /^-?\d+$/.test(detail)) maxAge = Number(detail);
      if (/^expires$/i.test(key) && !Number.isNaN(Date.parse(detail))) cookie.expires = Date.parse(detail);
    }
    if (maxAge !== undefined) cookie.expires = maxAge <= 0 ? 0 : now + maxAge * 1000;
    this.cookies = this.cookies.filter((old) => old.name !== name || old.path !== cookie.path || old.host !== host);
    if (cookie.expires === undefined || cookie.expires > now) this.cookies.push(cookie);
  }
}

/** A person at a browser: opens a fresh profile, and notes everything that a console or a network panel would show as wrong. */
import { chromium } from 'playwright-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Waits until the app has taken the ready-made page over. */
export const here = (page) => page.locator('html[data-app="here"]').waitFor({ state: 'attached' });

/** Waits until no piece of the ready-made page is left; on a phone that of the workbench stays until it is touched. */
const whole = (page) => page.waitForFunction(() => document.querySelector(innerWidth < 960 ? '#lesson [data-waits]' : '[data-waits]') === null);

/** A browser with an empty profile. `page()` opens a watched tab; `complaints` lists what went wrong in all of them. */
export async function person({ viewport = DESKTOP, theme = 'light' } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'backlab-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
    headless: true,
    viewport,
    colorScheme: theme,
    hasTouch: viewport.width < 600,
    isMobile: viewport.width < 600,
    reducedMotion: 'reduce',
  });
  const complaints = [];
  const watch = (page, origin) => {
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
    });
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== origin) complaints.push(`third party: ${request.url()}`);
    });
  };
  return {
    context,
    complaints,
    /** A tab of the app, once all of it can be used. */
    async page(url) {
      const page = await this.tab(url);
      await here(page);
      await whole(page);
      return page;
    },
    /** A tab of any page. */
    async tab(url) {
      const page = await context.newPage();
      watch(page, new URL(url).origin);
      await page.goto(url);
      return page;
    },
    async leave() {
      await context.close().catch(() => {});
      await rm(profile, { recursive: true, force: true });
    },
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { projectRoot } from '../../src/platform/project-root.ts';

const WAIT_MS = 45_000;

/** Somebody at the desk: a browser profile of his own, signed in, and whatever went wrong on his pages. */
export type Visitor = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Another tab of the same browser. */
  openTab(path: string): Promise<Page>;
  /** Dialogs, requests to anywhere else, violations of the content security policy, faults of the desk itself. */
  readonly trouble: readonly string[];
};

export type VisitorOptions = {
  readonly url: string;
  readonly token: string;
  readonly tone?: 'light' | 'dark';
  readonly language?: 'zh-CN' | 'en';
} & Pick<BrowserContextOptions, 'viewport'>;

export async function openVisitor(browser: Browser, options: VisitorOptions): Promise<Visitor> {
  const { url, token, tone = 'light', language = 'zh-CN', viewport = { width: 1280, height: 800 } } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport,
    locale: language,
    timezoneId: 'Asia/Shanghai',
    colorScheme: tone,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(WAIT_MS);
  const trouble: string[] = [];
  context.on('page', (page) => watch(page, url, trouble));
  await context.addInitScript({ content: prefer(language, tone) });
  await context.addInitScript({
    content: readFileSync(join(projectRoot(), 'node_modules/axe-core/axe.min.js'), 'utf8'),
  });
  const answer = await context.request.post('/api/session', { data: { token } });
  if (!answer.ok()) throw new Error(`the desk did not let the test in: ${String(answer.status())}`);
  const page = await context.newPage();
  const openTab = async (path: string): Promise<Page> => {
    const tab = await context.newPage();
    await tab.goto(path);
    return tab;
  };
  return { context, page, openTab, trouble };
}

/** A choice that was made on a page stays. */
function prefer(language: string, tone: string): string {
  return `if (location.origin !== 'null') for (const [key, value] of Object.entries(${JSON.stringify({ language, tone })}))
    if (localStorage.getItem(key) === null) localStorage.setItem(key, value);`;
}

function watch(page: Page, url: string, trouble: string[]): void {
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.type()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => trouble.push(`fault: ${error.message}`));
  page.on('console', (message) => {
    if (/content security policy/iu.test(message.text())) trouble.push(`policy: ${message.text()}`);
  });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.origin !== url && asked.protocol !== 'data:' && asked.protocol !== 'blob:') {
      trouble.push(`request: ${asked.origin}`);
    }
  });
}

type Violation = {
  readonly id: string;
  readonly nodes: readonly { readonly target: unknown; readonly html: string }[];
};

/** What axe-core finds wrong, as lines that name the rule and the element. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const violations = await page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations)');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${String(target)} ${html.slice(0, 160)}`),
  );
}

/** By how many CSS pixels the page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Everything that can be read on the page, names of buttons and hints among it. */
export async function wordsOn(page: Page): Promise<string> {
  return page.evaluate<string>(`[document.title, document.body.innerText, ...[...document.querySelectorAll('*')].flatMap(
    (element) => ['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''))].join('\\n')`);
}

/** Whether the element that has the keyboard shows it: it, or what is drawn around it, looks different without. */
export function showsFocus(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(SHOWS_FOCUS);
}

const SHOWS_FOCUS = `(async () => {
  const element = document.activeElement;
  if (element === null || element === document.body) return false;
  const around = [];
  for (let one = element; one !== null && around.length < 5; one = one.parentElement) around.push(one);
  const parts = ['outlineStyle', 'outlineWidth', 'boxShadow', 'borderColor', 'backgroundColor', 'textDecorationLine'];
  const settled = async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)));
  };
  const look = () => around.map((one) => parts.map((part) => getComputedStyle(one)[part]).join()).join('|');
  await settled();
  const focused = look();
  element.blur();
  await settled();
  const plain = look();
  element.focus({ focusVisible: true });
  return focused !== plain;
})()`;

/** Resolves when nothing on the page is still being fetched or moved. Live events never end, so the network says nothing. */
export async function pageAtRest(page: Page): Promise<void> {
  const waiting = page.locator('.ant-skeleton, .ant-spin-spinning, [aria-busy="true"]');
  await expect.poll(() => waiting.count(), { timeout: WAIT_MS }).toBe(0);
  await page.evaluate(`Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined)))`);
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../src/platform/project-root.ts';
import { launchChromium } from './chromium.ts';
import { openDeskHouse, type DeskHouse } from './desk-house.ts';
import { openVisitor, pageAtRest, type Visitor, type VisitorOptions } from './desk-visitor.ts';

/** A running product and a browser, with one who receives (受理甲, number 0) and one who supervises (督办乙, number 1). */
export type TwoOfficers = {
  readonly house: DeskHouse;
  readonly browser: Browser;
  readonly tokens: readonly string[];
  openOfficer(n: number, look?: Omit<VisitorOptions, 'url' | 'token'>): Promise<Visitor>;
  close(): Promise<void>;
};

export async function openTwoOfficers(): Promise<TwoOfficers> {
  const [house, browser] = await Promise.all([openDeskHouse(), launchChromium()]);
  const tokens = [await house.issueToken('受理甲', 'triage'), await house.issueToken('督办乙', 'supervisor')];
  return {
    house,
    browser,
    tokens,
    openOfficer: (n, look = {}) => openVisitor(browser, { url: house.url, token: tokens[n] ?? '', ...look }),
    async close() {
      await browser.close();
      await house.close();
    },
  };
}

const PICTURES = join(projectRoot(), 'build/screenshots');

/** A picture of one part of a page among the output of the build. */
export async function pictureOf(page: Page, selector: string, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await pageAtRest(page);
  await page.locator(selector).screenshot({ path: join(PICTURES, `${name}.png`) });
}

/** The button of an order that is open on the page of a case. */
export function openOrder(page: Page, name: string) {
  return page.locator('#case-orders .orders-open').getByRole('button', { name, exact: true });
}

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { openDeskHouse, type DeskHouse } from '../support/desk-house.ts';
import { openVisitor, type Visitor } from '../support/desk-visitor.ts';

/** More than the connections that a browser keeps to one server. */
const TABS = 8;

let house: DeskHouse;
let browser: Browser;
let visitor: Visitor;
beforeAll(async () => {
  [house, browser] = await Promise.all([openDeskHouse(), launchChromium()]);
  visitor = await openVisitor(browser, { url: house.url, token: await house.issueToken('受理甲', 'triage') });
});
afterAll(async () => {
  await visitor.context.close();
  await browser.close();
  await house.close();
});

const sees = async (tab: Page, subject: string): Promise<void> => {
  await tab.getByText(subject).first().waitFor();
};

describe('the tabs of one browser', () => {
  it('share one stream, so that any number of them works, and hear of everything when its tab is closed', async () => {
    const streams = new Set<Page>();
    visitor.context.on('request', (request) => {
      if (request.url().endsWith('/api/events')) streams.add(request.frame().page());
    });
    const tabs: Page[] = [];
    for (let n = 0; n < TABS; n += 1) {
      const tab = await visitor.openTab('/queue');
      await tab.getByRole('heading', { level: 1, name: '待办队列' }).waitFor();
      tabs.push(tab);
    }
    await house.sendMail({ subject: '各页都看得到的一件', text: '某县第三小学课后服务费每月收两次。' });
    for (const tab of tabs) await sees(tab, '各页都看得到的一件');
    expect([...streams]).toHaveLength(1);
    const [listening] = streams;
    await listening?.close();
    await house.sendMail({ subject: '换了一页来听', text: '某县第五小学补课收费，不开票据。' });
    for (const tab of tabs.filter((one) => one !== listening)) await sees(tab, '换了一页来听');
    expect([...streams]).toHaveLength(2);
    expect(visitor.trouble).toEqual([]);
  });
});

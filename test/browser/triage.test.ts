import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskHouse } from '../support/desk-house.ts';
import type { Visitor } from '../support/desk-visitor.ts';
import { openTwoOfficers, type TwoOfficers } from '../support/two-officers.ts';

const ACCUSING = '省教育厅财务处收到我校经费申请三个月不予办理，多次打电话相互推诿。';
const SAMPLES = 5;

let house: DeskHouse;
let officers: TwoOfficers;
beforeAll(async () => {
  officers = await openTwoOfficers();
  ({ house } = officers);
});
afterAll(() => officers.close());

async function withOfficers(work: (one: Visitor, other: Visitor) => Promise<void>): Promise<void> {
  const [one, other] = await Promise.all([openOfficer(0), openOfficer(1)]);
  await work(one, other);
  expect([...one.trouble, ...other.trouble]).toEqual([]);
  await Promise.all([one.context.close(), other.context.close()]);
}

const openOfficer = (n: number): Promise<Visitor> => officers.openOfficer(n);

let writers = 0;

/** Each from somebody else: one who writes often is not answered every time. */
async function caseFrom(subject: string, text = ACCUSING): Promise<number> {
  writers += 1;
  await house.sendMail({ from: `citizen${String(writers)}@example.org`, subject, text });
  return (await house.caseOf(subject)).id;
}

async function openCase(page: Page, id: number): Promise<void> {
  await page.goto(`/cases/${String(id)}`);
  await page.getByRole('heading', { name: '办理', exact: true }).waitFor();
}

async function storedCase(id: number) {
  return house.db
    .selectFrom('cases')
    .select(['confirmed', 'assigned_unit', 'version'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

async function acknowledged(id: number): Promise<void> {
  const letters = house.db.selectFrom('letters').select('state').where('case_id', '=', id);
  await expect.poll(() => letters.execute(), { timeout: 30_000 }).toEqual([{ state: 'sent' }]);
}

async function accusedOf(id: number): Promise<readonly string[]> {
  const rows = await house.db.selectFrom('case_denials').select('unit').where('case_id', '=', id).execute();
  return rows.map(({ unit }) => unit);
}

describe('a mail', () => {
  it('comes into the open queue by itself, is confirmed with whom it accuses, assigned, and the next one opens', () =>
    withOfficers(async ({ page }) => {
      const waiting = await caseFrom('队列里已有的一件');
      await page.goto('/queue');
      await page.getByText('队列里已有的一件').waitFor();
      const arrived = await caseFrom('刚刚到的一件');
      await page.getByText('刚刚到的一件').waitFor();

      await page.keyboard.press('g');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '办理', exact: true }).waitFor();
      const first = Number(new URL(page.url()).pathname.split('/').at(-1));
      const next = first === arrived ? waiting : arrived;
      expect(await page.getByRole('checkbox', { name: /财务处/u }).isChecked()).toBe(true);
      await page.getByRole('combobox', { name: '承办单位' }).fill('办公室');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: '确认并分办' }).click();
      await page.waitForURL(`**/cases/${String(next)}`);

      const stored = await storedCase(first);
      expect(stored.confirmed).toBe(true);
      expect(await accusedOf(first)).toContain('FIN');
      expect(stored.assigned_unit).not.toBeNull();
      expect(await accusedOf(first)).not.toContain(stored.assigned_unit);
    }));
});

describe('the queue', () => {
  it('lacks nothing that came in before it began to listen', () =>
    withOfficers(async ({ page, context }) => {
      const held: Route[] = [];
      await context.route('**/api/events', (route) => void held.push(route));
      await caseFrom('已经在队列里的一件');
      await page.goto('/queue');
      await page.getByText('已经在队列里的一件').waitFor();
      const missed = await caseFrom('还没有接通时到的一件');
      await acknowledged(missed); // the last that happens to it by itself
      expect(await page.getByText('还没有接通时到的一件').count()).toBe(0);
      for (const route of held) await route.continue();
      await page.getByText('还没有接通时到的一件').waitFor();
    }));
});

describe('two officers on one case', () => {
  it('the slower one is shown what differs, loses no word, and overwrites nothing', () =>
    withOfficers(async ({ page: slow }, { page: quick }) => {
      const id = await caseFrom('两个人同时办的一件');
      await Promise.all([openCase(slow, id), openCase(quick, id)]);
      await slow.keyboard.press('e');
      await slow.getByLabel('更正理由（必填）').fill('信里说的是榆中县的学校。');
      await slow.getByLabel('地区或学校').fill('兰州市榆中县');

      await quick.keyboard.press('e');
      await quick.getByLabel('更正理由（必填）').fill('信里说的是皋兰县的学校。');
      await quick.getByLabel('地区或学校').fill('兰州市皋兰县');
      await quick.getByRole('button', { name: /^保存更正/u }).click();

      const differs = slow.getByRole('alert').filter({ hasText: '督办乙刚更新了本件' });
      await differs.waitFor();
      const row = differs.getByRole('row', { name: /^地区或学校/u });
      expect(await row.getByRole('cell').allInnerTexts()).toEqual(['兰州市榆中县', '兰州市皋兰县']);
      expect(await differs.innerText()).toMatch(/^督办乙/u);
      expect(await slow.getByLabel('更正理由（必填）').inputValue()).toBe('信里说的是榆中县的学校。');
      expect(await slow.getByRole('button', { name: /^保存更正/u }).isDisabled()).toBe(true);
      const { version } = await storedCase(id);
      await differs.getByRole('button', { name: '采用现在的内容' }).click();
      await differs.waitFor({ state: 'detached' });
      expect((await storedCase(id)).version).toBe(version);
    }));

  it("see each other's notes without reloading", () =>
    withOfficers(async ({ page: reader }, { page: writer }) => {
      const id = await caseFrom('两个人同时看的一件');
      await Promise.all([openCase(reader, id), openCase(writer, id)]);
      const times: number[] = [];
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        const note = `第${String(sample)}次电话联系`;
        await writer.getByRole('textbox', { name: '办理记录' }).fill(note);
        const shown = reader.evaluate(whenShown(note)); // a locator looks only now and then
        const began = performance.now();
        await writer.keyboard.press('Control+Enter');
        await shown;
        times.push(performance.now() - began);
        await writer.getByText(note, { exact: true }).first().waitFor();
      }
      process.stdout.write(
        `desk: another's note shows ${times.map((ms) => ms.toFixed(0)).join(', ')} ms after it was sent\n`,
      );
      expect(times).toHaveLength(SAMPLES); // how fast is for people to read above: this machine may be busy
    }));
});

/** Resolves in the page as soon as the text is on it. */
function whenShown(text: string): string {
  return `new Promise((resolve) => {
    const look = () => document.body.innerText.includes(${JSON.stringify(text)}) && (watch.disconnect(), resolve());
    const watch = new MutationObserver(look);
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    look();
  })`;
}

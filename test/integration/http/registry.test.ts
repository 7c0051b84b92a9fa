import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedRules } from '../../../src/compose.ts';
import { compileOfficeRules } from '../../../src/office-rules.ts';
import { registryOf } from '../../../src/roles/registry.ts';
import { openDesk, type Desk } from './desk.ts';

const OFFICE = shippedRules();
const REGISTRY = registryOf(OFFICE);
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ replace: { readRegistry: () => REGISTRY } });
});
afterAll(() => desk.close());

const get = (etag?: string) =>
  desk.as('operator', { url: '/api/registry', headers: etag === undefined ? {} : { 'if-none-match': etag } });

type Coded = readonly { readonly code: string; readonly name: string }[];

describe('the names and words of the office', () => {
  it('are those of the rule files', async () => {
    const body = (await get()).json<typeof REGISTRY & { caseStates: Coded; invalidCallReasons: Coded }>();
    expect(body.units).toContainEqual({ id: 'FIN', name: expect.stringContaining('财务') as string, kind: 'office' });
    expect(body.places).toEqual(expect.arrayContaining(['兰州市', '兰州市榆中县', '定西市陇西县']));
    expect(new Set(body.places).size).toBe(body.places.length);
    expect(body.universities).toContain('西北师范大学');
    expect(body.categories).toHaveLength(8);
    expect(body.categories[6]).toMatchObject({ code: 7, notice: expect.stringContaining('教育乱收费') as string });
    expect(body.caseStates).toContainEqual({ code: 'REGISTERED', name: '已登记' });
    expect(body.invalidCallReasons).toContainEqual({ code: 'wrong-number', name: '拨错号码' });
    expect(body.script).toEqual(OFFICE.script);
  });

  it('are sent once: who has them already is told so', async () => {
    const { headers } = await get();
    const etag = String(headers['etag']);
    expect(headers['cache-control']).toBe('private, no-cache');
    const again = await get(etag);
    expect([again.statusCode, again.body]).toEqual([304, '']);
    expect((await get('"of yesterday"')).statusCode).toBe(200);
  });
});

it('have another ETag as soon as a line of the script is another', () => {
  const files = OFFICE.files.map((file) =>
    file.path === 'call-script.yaml' ? { ...file, text: `${file.text}# 再见\n` } : file,
  );
  const other = compileOfficeRules(files);
  expect(other.kind === 'ok' && registryOf(other.office).version).not.toBe(REGISTRY.version);
});

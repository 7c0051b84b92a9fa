import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIFE_RULES, type LifeCommandType } from '../../../src/domain/case-life-commands.ts';
import { orderForm } from '../../../src/http/order-forms.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
};
type Body = {
  readonly requestBody: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
};

const { paths } = JSON.parse(readFileSync(join(projectRoot(), 'docs/openapi.json'), 'utf8')) as {
  readonly paths: Readonly<Record<string, { readonly post?: Body }>>;
};
const TYPES = Object.keys(LIFE_RULES) as LifeCommandType[]; // of a record with these keys

function bodyOf(type: LifeCommandType): Schema {
  const route = paths[`/api/cases/{id}/${type}`]?.post;
  if (route === undefined) throw new Error(`no route gives ${type}`);
  return route.requestBody.content['application/json'].schema;
}

/** Every place in a body where a value can stand: "delivery.way". */
function placesIn(schema: Schema, path: string): readonly (readonly [string, Schema])[] {
  const inner = Object.entries(schema.properties ?? {});
  if (inner.length === 0) return [[path, schema]];
  return inner.flatMap(([name, one]) => placesIn(one, path === '' ? name : `${path}.${name}`));
}

/** Set by the desk itself: the version, and no person of a unit, because none of them has an account. */
const NOT_ASKED = ['version', 'userId'];

describe('the forms of the orders', () => {
  it.each(TYPES)('of %s ask for what its address takes, and for nothing else', (type) => {
    const places = placesIn(bodyOf(type), '').map(([path]) => path);
    const asked = orderForm(type, '2022', null).map(({ path }) => path);
    expect(asked.toSorted()).toEqual(places.filter((path) => !NOT_ASKED.includes(path)).toSorted());
  });

  it.each(TYPES)('of %s offer every value of a closed set, each with words', (type) => {
    const places = new Map(placesIn(bodyOf(type), ''));
    for (const { path, options } of orderForm(type, '2022', null).filter((field) => field.type === 'choice')) {
      const schema = places.get(path);
      const values = schema?.enum ?? schema?.anyOf?.flatMap((one) => one.enum ?? []) ?? [];
      expect(options.map(({ value }) => value)).toEqual(values);
      expect(options.filter(({ label }) => !/\p{Script=Han}/u.test(label))).toEqual([]);
    }
  });

  it('name the article of a ground, of the law that the case is under', () => {
    const article = (profile: '2014' | '2022') =>
      orderForm('refuse', profile, null)[0]?.options.find(({ value }) => value === 'judicial')?.article;
    expect(article('2014')).toBe('《信访条例》第二十一条第一款第(一)项');
    expect(article('2022')).toBe('《信访工作条例》第三十一条第(一)项');
  });

  it('ask for the body that has the power where the ground says that there is one', () => {
    const body = orderForm('refuse', '2022', null).find(({ path }) => path === 'body');
    expect(body?.onlyFor?.values).toEqual(['not-our-power', 'other-level', 'being-handled']);
  });

  it('offer only the marks that the case would take', () => {
    const flag = orderForm('lower-flag', '2022', ['media']).find(({ path }) => path === 'flag');
    expect(flag?.options.map(({ label }) => label)).toEqual(['媒体件']);
  });
});

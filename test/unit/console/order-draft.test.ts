import { describe, expect, it } from 'vitest';
import { clockChanges, type Clock } from '../../../src/console/pages/case/orders/clock-changes.ts';
import {
  bodyOf,
  freshInput,
  gapsOf,
  shownFields,
  type OrderField,
} from '../../../src/console/pages/case/orders/order-draft.ts';

function aField(path: string, type: OrderField['type'], rest: Partial<OrderField> = {}): OrderField {
  return { path, label: path, type, required: true, onlyFor: null, options: [], most: null, ...rest };
}

const option = (value: string) => ({ value, label: value, article: null, hint: null });
const DELIVERY = [
  aField('delivery.way', 'choice', { options: [option('post'), option('phone')] }),
  aField('delivery.reference', 'line', { onlyFor: { path: 'delivery.way', values: ['post'] } }),
  aField('callback', 'yes-no', { onlyFor: { path: 'delivery.way', values: ['post', 'phone'] } }),
];
const paths = (fields: readonly OrderField[]) => fields.map(({ path }) => path);

describe('the form of an order', () => {
  it('asks for more only where the choice needs it', () => {
    expect(paths(shownFields(DELIVERY, {}))).toEqual(['delivery.way']);
    expect(paths(shownFields(DELIVERY, { 'delivery.way': 'phone' }))).toEqual(['delivery.way', 'callback']);
    expect(paths(gapsOf(DELIVERY, { 'delivery.way': 'post', callback: 'true' }))).toEqual(['delivery.reference']);
  });

  it('has chosen already where there is one choice', () => {
    expect(freshInput([aField('flag', 'choice', { options: [option('media')] }), ...DELIVERY])).toEqual({
      flag: 'media',
    });
  });

  it('counts blanks, half days and broken numbers as gaps', () => {
    const fields = [aField('reason', 'text'), aField('days', 'whole', { most: 30 }), aField('on', 'day')];
    expect(paths(gapsOf(fields, { reason: ' ', days: '31', on: '2026-1' }))).toEqual(['reason', 'days', 'on']);
    expect(gapsOf(fields, { reason: '理由', days: '30', on: '2026-12-01' })).toEqual([]);
    expect(gapsOf([aField('why', 'line', { required: false })], {})).toEqual([]);
  });

  it('sends values where they belong, and nothing for what was not asked', () => {
    expect(bodyOf(DELIVERY, { 'delivery.way': 'post', 'delivery.reference': 'XA1', callback: 'true' })).toEqual({
      delivery: { way: 'post', reference: 'XA1' },
      callback: true,
    });
    // A number typed before another way was chosen is not sent along.
    expect(bodyOf(DELIVERY, { 'delivery.way': 'phone', 'delivery.reference': 'XA1', callback: 'false' })).toEqual({
      delivery: { way: 'phone', reference: null },
      callback: false,
    });
  });

  it('turns what was typed into what the service takes', () => {
    const fields = [
      aField('into', 'case'),
      aField('refundFen', 'money', { required: false }),
      aField('askedAt', 'instant'),
      aField('helpers', 'units', { required: false }),
    ];
    expect(bodyOf(fields, { into: '12', refundFen: '600.5', askedAt: '2026-12-01T09:30', helpers: ['FIN'] })).toEqual({
      into: 12,
      refundFen: 60_050,
      askedAt: '2026-12-01T09:30:00+08:00',
      helpers: ['FIN'],
    });
    expect(bodyOf(fields, { into: '12', askedAt: '2026-12-01T09:30' })).toMatchObject({ refundFen: null, helpers: [] });
  });
});

describe('what an order does to the clocks', () => {
  const clock = (id: number, code: string): Clock =>
    ({ id, state: { code, name: code }, kind: { code: 'DONE60', name: '办结' } }) as Clock; // the rest is not looked at

  it('is which began and which stopped', () => {
    const before = [clock(1, 'armed'), clock(2, 'armed'), clock(3, 'met')];
    const now = [clock(1, 'armed'), clock(2, 'met'), clock(3, 'met'), clock(4, 'armed')];
    const { started, ended } = clockChanges(before, now);
    expect([started.map(({ id }) => id), ended.map(({ id }) => id)]).toEqual([[4], [2]]);
  });
});

import type { DemoItem } from '../store/demo-items.ts';
import type { Fed } from './feed.ts';

/** Where an item differs from what the fixtures say, in words; empty when it does not. */
export function differences({ expected, items }: Fed): string[] {
  const [item] = items;
  if (item === undefined) return ['nothing came of it'];
  const found: string[] = [];
  const judge = (
    what: string,
    said: string | number | boolean | null,
    right: readonly (string | number | boolean | null)[] | undefined,
  ): void => {
    if (right !== undefined && !right.includes(said))
      found.push(`${what} ${String(said)}, not ${right.map(String).join(' or ')}`);
  };
  judge('disposition', item.disposition, expected.disposition);
  if (item.disposition === 'case') {
    judge('category', item.category, expected.category);
    judge('unit', item.unit, expected.unit);
    judge('lane', item.lane, expected.lane);
    judge('urgent', item.urgent, expected.urgent === undefined ? undefined : [expected.urgent]);
    for (const unit of expected.never ?? []) if (!item.denied.includes(unit)) found.push(`${unit} is not kept away`);
  }
  for (const flag of expected.flags ?? [])
    if (!item.flags.some((one) => one === flag)) found.push(`not flagged ${flag}`);
  judge('acknowledged', item.ackSend ?? false, expected.ack === undefined ? undefined : [expected.ack.send]);
  return found;
}

/** One line an item: what it was, what it became, where it goes, whether its sender was told. */
export function describe(fed: Fed): string {
  const name = `${fed.kind.padEnd(10)} ${fed.file.slice(fed.file.indexOf('/') + 1).replace(/\.\w+$/u, '')}${fed.expected.part === undefined ? '' : ` (${fed.expected.part})`}`;
  const [item] = fed.items;
  return `${name.padEnd(58)} ${item === undefined ? '?' : outcome(item)}`;
}

function outcome(item: DemoItem): string {
  switch (item.disposition) {
    case 'case':
      return caseLine(item);
    case 'automatic':
      return `automatic mail (${item.automatic ?? ''}): nobody is answered`;
    case 'follow-up':
      return `follow-up to case ${item.number ?? ''}`;
    case 'duplicate':
      return `the same again, case ${item.number ?? ''}`;
    case 'quarantined':
      return `for a person to read, case ${item.number ?? ''}${told(item)}`;
    case 'junk':
      return 'closed by the operator: no case';
  }
}

function caseLine(item: DemoItem): string {
  const unit = item.unit ?? '';
  const where = item.target === null ? unit : `${unit}, ${item.target}`;
  const lane = item.lane === 'request' || item.lane === null ? [] : [item.lane];
  const marks = [...(item.urgent ? ['URGENT'] : []), ...lane].map((mark) => `  [${mark}]`).join('');
  return `case ${item.number ?? ''}  category ${item.category ?? '-'}  ${where}${marks}${told(item)}`;
}

function told({ ackSend, ackReason }: DemoItem): string {
  if (ackSend === null) return '';
  return ackSend ? '; acknowledged' : `; not acknowledged (${ackReason ?? ''})`;
}

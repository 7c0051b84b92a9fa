import type { RuleSet } from '../rules/rule-set.ts';
import type { ClassifyInput, Evidence, Verdict } from '../rules/verdict.ts';

/** Colours a text for a terminal; a plain one leaves it as it is. */
export type Paint = (style: 'strong' | 'counts' | 'ignored' | 'alarm' | 'quiet', text: string) => string;

const CODES = { strong: '1', counts: '1;32', ignored: '9;33', alarm: '1;31', quiet: '2' } as const;
export const colours: Paint = (style, text) => `\u001B[${CODES[style]}m${text}\u001B[0m`;
export const plain: Paint = (style, text) =>
  style === 'counts' ? `【${text}】` : style === 'ignored' ? `〔${text}〕` : text;

/** Why the rules say what they say of one text: for the person who writes rules, in a terminal. */
export function explainVerdict(rules: RuleSet, input: ClassifyInput, verdict: Verdict, paint: Paint): string {
  const original = input.subject === undefined ? input.text : `${input.subject}\n${input.text}`;
  return [
    markedText(original, verdict, paint),
    '',
    ...conclusion(rules, verdict, paint),
    '',
    ...reasons(rules, verdict, paint),
    ...ignored(rules, verdict, paint),
    ...losers(rules, verdict, paint),
    '',
  ].join('\n');
}

/** The text with the words that counted, and those that did not, marked where they stand. */
function markedText(original: string, { evidence, ignored: aside }: Verdict, paint: Paint): string {
  const styles = Array.from<'counts' | 'ignored' | null>({ length: original.length }).fill(null);
  for (const { start, end } of aside) styles.fill('ignored', start, end);
  for (const { start, end } of evidence) styles.fill('counts', start, end);
  let marked = '';
  for (let from = 0, to = 0; from < original.length; from = to) {
    const style = styles[from] ?? null;
    while (to < original.length && (styles[to] ?? null) === style) to += 1;
    const piece = original.slice(from, to);
    marked += style === null ? piece : paint(style, piece);
  }
  return marked;
}

function conclusion(rules: RuleSet, verdict: Verdict, paint: Paint): string[] {
  const { category, secondary, unit, target, lane, urgent, review, confidence, deny } = verdict;
  const line = (label: string, value: string): string => `${paint('quiet', label.padEnd(14))}${value}`;
  const named = (id: Verdict['category']): string =>
    id === null ? '-' : `${id} ${rules.categories.find((entry) => entry.id === id)?.name ?? ''}`;
  return [
    line('kind', verdict.kind),
    line('category', `${paint('strong', named(category))}${secondary === null ? '' : `, then ${named(secondary)}`}`),
    line(
      'unit',
      `${paint('strong', unitName(rules, unit))}, ${target.level}${target.name === null ? '' : ` ${target.name}`}`,
    ),
    line('lane', lane),
    line('urgent', urgent ? paint('alarm', 'yes') : 'no'),
    line('certain', `${Math.round(confidence * 100)} of 100${review ? ': a person decides' : ''}`),
    line(
      'must not see',
      deny.length === 0 ? 'nobody' : paint('alarm', deny.map((id) => unitName(rules, id)).join('，')),
    ),
  ];
}

function unitName(rules: RuleSet, id: string): string {
  const unit = rules.units.find((entry) => entry.id === id);
  return unit === undefined ? id : `${unit.name} (${id})`;
}

function reasons(rules: RuleSet, { evidence }: Verdict, paint: Paint): string[] {
  const byRule = new Map<string, Evidence[]>();
  for (const one of evidence) byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one]);
  return ['What fired:', ...[...byRule].map(([id, found]) => `  ${ruleLine(rules, id, found, paint)}`)];
}

function ruleLine(rules: RuleSet, id: string, found: readonly Evidence[], paint: Paint): string {
  const rule = rules.rules.find((one) => one.id === id);
  const words = found.map(({ text }) => paint('counts', shortened(text))).join(' ');
  if (rule === undefined) return `${words}  presumed accused  ${paint('quiet', id)}`;
  const gives = [
    rule.category === null ? '' : `category ${rule.category}`,
    rule.unit ?? '',
    rule.kind ?? '',
    rule.urgent ? 'urgent' : '',
  ].filter((given) => given !== '');
  return `${words}  ${rule.why}  ${paint('quiet', `${id}: ${rule.weight > 0 ? '+' : ''}${rule.weight} ${gives.join(', ')}`)}`;
}

/** One line a place: what was found there, as words of what, and why it does not count. */
function ignored(rules: RuleSet, { ignored: aside }: Verdict, paint: Paint): string[] {
  if (aside.length === 0) return [];
  const places = new Map<string, { text: string; why: string; meanings: Set<string> }>();
  for (const { start, end, text, why, rule } of aside) {
    const place = places.get(`${start}-${end}`) ?? { text, why, meanings: new Set<string>() };
    place.meanings.add(rules.meanings.get(rule) ?? rule);
    places.set(`${start}-${end}`, place);
  }
  const lines = [...places.values()].map(
    ({ text, why, meanings }) =>
      `  ${paint('ignored', shortened(text))}  ${why}  ${paint('quiet', [...meanings].join('，'))}`,
  );
  return ['', 'What was found and did not count:', ...lines];
}

/** How far behind each other category stayed. */
function losers(rules: RuleSet, { scores }: Verdict, paint: Paint): string[] {
  const most = scores[0]?.score ?? 0;
  if (scores.length < 2) return [];
  const lines = scores.map(({ category, score }) => {
    const name = rules.categories.find(({ id }) => id === category)?.name ?? '';
    const behind = score === most ? '' : paint('quiet', `  ${(score - most).toFixed(1)}`);
    return `  ${score.toFixed(1).padStart(6)}  ${'█'.repeat(Math.max(1, Math.round((20 * score) / most)))} ${category} ${name}${behind}`;
  });
  return ['', 'Points (the precedence decides, not the sum alone):', ...lines];
}

function shortened(text: string): string {
  const line = text.replace(/\s+/gu, ' ');
  return line.length <= 24 ? line : `${line.slice(0, 11)}…${line.slice(-11)}`;
}

import type { Channel } from '../domain/vocabulary.ts';
import { occurrencesOf, stretchOf } from './find-occurrences.ts';
import type { Occurrences } from './find-occurrences.ts';
import type { NormalText } from './normal-text.ts';
import type { Cue, RuleSet } from './rule-set.ts';
import { termNumber } from './rule-set.ts';

/** A stretch of one speaker's words; `start` is after the label. */
export type SpeakerTurn = {
  readonly speaker: 'operator' | 'caller' | 'unknown';
  readonly start: number;
  readonly end: number;
};

type Label = {
  readonly kind: 'operator' | 'caller' | 'numbered';
  readonly name: string;
  readonly start: number;
  readonly end: number;
};

/** All places of a cue that count. */
export function cuePlaces(rules: RuleSet, found: Occurrences, cue: Cue): readonly { start: number; end: number }[] {
  return occurrencesOf(found, termNumber(rules, 'cue', cue), Infinity)
    .filter((i) => found.aside[i] === 0)
    .map((i) => stretchOf(found, i));
}

function labelsOf(rules: RuleSet, text: NormalText, found: Occurrences): Label[] {
  const labels: Label[] = [];
  for (const kind of ['operator', 'caller', 'numbered'] as const)
    for (const { start, end } of cuePlaces(rules, found, kind))
      labels.push({ kind, name: String.fromCharCode(...text.units.subarray(start, end)), start, end });
  return labels.toSorted((a, b) => a.start - b.start);
}

/** Of speakers that are only numbered, the one who talks like an operator; "" when nobody does more than the others. */
function operatorAmong(turns: readonly { name: string; end: number }[], talk: readonly { start: number }[]): string {
  const counts = new Map<string, number>();
  let cue = 0;
  for (const { name, end } of turns) {
    let count = counts.get(name) ?? 0;
    for (; (talk[cue]?.start ?? Infinity) < end; cue += 1) count += 1;
    counts.set(name, count);
  }
  const [best, second] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] > (second?.[1] ?? 0) ? best[0] : '';
}

function areTurns(labels: readonly Label[], channel: Channel): boolean {
  const count = (kind: Label['kind']): number => labels.filter((label) => label.kind === kind).length;
  if (count('numbered') > 1 || (count('operator') > 0 && count('caller') > 0)) return true;
  return channel === 'phone' && labels.length > 0;
}

/** Who says what in a transcript ("话务员:", "来电人:", "spk0:"). Empty when the text is not a conversation. */
export function speakerTurns(
  rules: RuleSet,
  text: NormalText,
  found: Occurrences,
  channel: Channel,
): readonly SpeakerTurn[] {
  const labels = labelsOf(rules, text, found);
  if (!areTurns(labels, channel)) return [];
  const turns = labels.map(({ kind, name, end }, i) => ({
    kind,
    name,
    start: end,
    end: labels[i + 1]?.start ?? text.length,
  }));
  const numbered = turns.filter(({ kind }) => kind === 'numbered');
  const operator = numbered.length === 0 ? '' : operatorAmong(numbered, cuePlaces(rules, found, 'operator_talk'));
  return turns.map(({ kind, name, start, end }) => ({
    speaker: kind !== 'numbered' ? kind : operator === '' ? 'unknown' : name === operator ? 'operator' : 'caller',
    start,
    end,
  }));
}

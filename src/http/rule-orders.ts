import { z } from 'zod';
import type { RuleOutcome, RuleRefusal } from '../casework/rule-records.ts';
import { Problem } from './problems.ts';

/**
 * Files are tried in a process of its own, which may take a minute (ms). An answer that gives up before it would say "try
 * again" about a change that takes effect.
 */
export const TRIAL_MS = 90_000;

export const versionHash = z.string().describe('SHA-256, hex, over all files of the version.');
export const wholeVersion = z.string().regex(/^[0-9a-f]{64}$/u, '应为完整的版本号');

/** Why an order about rules is refused, and what to do now. */
const ADVICE: Readonly<Record<RuleRefusal, string>> = {
  role: '您的岗位不能办理规则事项，请由督办、纪检监察或者系统管理员办理',
  unknown: '没有这个版本的规则，请在规则版本清单中核对版本号',
  'same-person': '提出规则的人不能审核自己提出的版本，请由另一人审核',
  'judged-already': '这个版本已有审核结论，不能再次审核；需要采用的，请修改后另行提出',
  'not-approved': '这个版本还没有审核通过，请先由提出人以外的人审核',
  'in-force': '这个版本正在施行，或者施行版本刚刚由他人更换，请刷新后核对',
  'nothing-before': '没有可以退回的上一版本；需要更换的，请施行另一个审核通过的版本',
  'check-failed': '本程序不接受这个版本的文件，请用 rules check 逐项查看问题，修改后另行提出',
  'units-in-use': '以下单位还有未办结的诉求，而这个版本中没有这些单位；请先改派，或者在规则中保留：',
};

export const unknownVersion = (): Problem => new Problem('not-found', { detail: ADVICE.unknown });

export function ruleRefusal({ reason, units }: Extract<RuleOutcome, { kind: 'refused' }>): Problem {
  if (reason === 'unknown') return unknownVersion();
  return new Problem('refused', { reason, detail: ADVICE[reason] + (units ?? []).join('、') });
}

/** The version that an order was about. Throws the refusal as a problem. */
export function doneOrRefused(outcome: RuleOutcome): { version: string } {
  if (outcome.kind === 'refused') throw ruleRefusal(outcome);
  return { version: outcome.version };
}

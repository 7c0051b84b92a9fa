import type { HealthLine } from './today.ts';
import type { FolderView } from './views.ts';

/** What is known of the parts of the service at this moment: counts and codes, no case and no person. */
export type HealthFacts = {
  readonly folders: readonly FolderView[];
  readonly queueReachable: boolean;
  /** Items that have waited longer than ten minutes to be read. */
  readonly stuckItems: number;
  /** Ladder steps that should have been taken more than two minutes ago. */
  readonly lateSteps: number;
  /** The clock of the database jumped, and nothing is fired until somebody has looked. */
  readonly clockSuspended: boolean;
  /** Letters that should have left more than half an hour ago. */
  readonly lateLetters: number;
  /** Letters of which nobody knows whether they arrived, or that came back. */
  readonly letterProblems: number;
};

const SEVERITY = { failing: 0, warning: 1, ok: 2 } as const;

/** How every part is, in sentences for the people at the desk; what is worst comes first. */
export function healthLines(facts: HealthFacts): readonly HealthLine[] {
  return [
    databaseLine(),
    mailboxLine(facts.folders),
    readerLine(facts),
    clocksLine(facts),
    lettersLine(facts),
    queueLine(facts),
  ] //
    .toSorted((a, b) => SEVERITY[a.state] - SEVERITY[b.state]);
}

/** These facts were read from it just now. When it is away there is no answer at all, and the desk says so itself. */
function databaseLine(): HealthLine {
  return fine('database', '数据库运行正常。');
}

function mailboxLine(folders: readonly FolderView[]): HealthLine {
  const failing = folders.find(({ health }) => health === 'failing');
  if (failing !== undefined) return mailboxFault(failing.lastError ?? 'internal');
  if (folders.length === 0) {
    return {
      part: 'mailbox',
      state: 'warning',
      code: 'mailbox.none',
      sentence: '还没有收取过任何邮箱。',
      todo: '刚启动时请稍等一分钟；仍然如此，请联系系统管理员检查收信设置。',
    };
  }
  if (folders.some(({ health }) => health === 'silent')) {
    return {
      part: 'mailbox',
      state: 'failing',
      code: 'mailbox.silent',
      sentence: '邮箱已超过10分钟没有完整收取，可能有来信没有进来。',
      todo: '请联系系统管理员查看收信进程；在恢复之前，请每小时登录邮箱人工查看一次。',
    };
  }
  return fine('mailbox', '邮箱收取正常。');
}

const MAILBOX_FAULTS: Readonly<Record<string, { readonly sentence: string; readonly todo: string }>> = {
  'imap.refused-login': {
    sentence: '邮箱拒绝登录，来信收不进来。',
    todo: '邮箱密码或授权码可能已更换或过期，请联系系统管理员更新。来信仍在邮箱里，不会丢失。',
  },
  'imap.unreachable': {
    sentence: '连接不上邮箱服务器，来信暂时收不进来。',
    todo: '系统会不断重试。超过一小时没有恢复，请联系系统管理员检查网络；来信仍在邮箱里，不会丢失。',
  },
};

function mailboxFault(code: string): HealthLine {
  const known = MAILBOX_FAULTS[code] ?? {
    sentence: '收取邮箱时出错，可能有来信没有进来。',
    todo: '系统会不断重试。超过半小时没有恢复，请把这一行告诉系统管理员，并人工登录邮箱查看。',
  };
  return { part: 'mailbox', state: 'failing', code, ...known };
}

function readerLine({ stuckItems }: HealthFacts): HealthLine {
  if (stuckItems === 0) return fine('reader', '来件读取正常。');
  return {
    part: 'reader',
    state: 'failing',
    code: 'reader.stuck',
    sentence: `有${stuckItems}件来件等待读取超过10分钟。`,
    todo: '来件已经编号、时限已经起算，没有丢失；请联系系统管理员查看读取进程。',
  };
}

function clocksLine({ clockSuspended, lateSteps }: HealthFacts): HealthLine {
  if (clockSuspended) {
    return {
      part: 'clocks',
      state: 'failing',
      code: 'clocks.suspended',
      sentence: '服务器时间发生跳变，时限提醒已暂停。',
      todo: '请联系系统管理员核对服务器时间；在恢复之前，请按待办队列中的日期自行掌握时限。',
    };
  }
  if (lateSteps === 0) return fine('clocks', '时限提醒正常。');
  return {
    part: 'clocks',
    state: 'failing',
    code: 'clocks.late',
    sentence: `有${lateSteps}条时限提醒没有按时发出。`,
    todo: '请先查看已超期和今日到期的件，再联系系统管理员查看时限进程。',
  };
}

function lettersLine({ lateLetters, letterProblems }: HealthFacts): HealthLine {
  if (lateLetters > 0) {
    return {
      part: 'letters',
      state: 'failing',
      code: 'letters.late',
      sentence: `有${lateLetters}封回复超过半小时没有发出。`,
      todo: '系统会不断重试。超过两小时没有发出，请联系系统管理员检查发信设置，急件请改用电话告知。',
    };
  }
  if (letterProblems > 0) {
    return {
      part: 'letters',
      state: 'warning',
      code: 'letters.problems',
      sentence: `有${letterProblems}封回复被退回或者是否送达不明。`,
      todo: '请在待办事项中逐件核对，能打电话的改用电话告知来信人。',
    };
  }
  return fine('letters', '回复发送正常。');
}

function queueLine({ queueReachable }: HealthFacts): HealthLine {
  if (queueReachable) return fine('queue', '后台任务正常。');
  return {
    part: 'queue',
    state: 'warning',
    code: 'queue.unreachable',
    sentence: '后台任务队列连接不上，处理会晚半分钟左右。',
    todo: '不影响登记和办理；请在当天告诉系统管理员。',
  };
}

function fine(part: HealthLine['part'], sentence: string): HealthLine {
  return { part, state: 'ok', code: 'ok', sentence, todo: null };
}

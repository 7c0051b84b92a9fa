import type { Chance } from './kill-chance.ts';
import { startSmtpSink, type SmtpSink } from './smtp-sink.ts';

/** Submission servers of different slowness that lose every fifth reply after they have taken the message. */
export type SlowSinks = {
  /** SMTP_URL of the next one in turn. */
  url(turn: number): string;
  /** Every message that arrived whole, whether or not anybody was told so. */
  arrived(): Buffer[];
  /** When each envelope sender last began a transaction (ms since 1970). */
  readonly lastBegun: ReadonlyMap<string, number>;
  readonly lostReplies: number;
  close(): Promise<void>;
};

export async function startSlowSinks(chance: Chance, latenciesMs: readonly number[]): Promise<SlowSinks> {
  const lastBegun = new Map<string, number>();
  let lostReplies = 0;
  const script = (step: { at: string; argument: string }): 'drop' | undefined => {
    if (step.at === 'MAIL') lastBegun.set(/<(.*?)>/.exec(step.argument)?.[1] ?? '', Date.now());
    if (step.at !== 'BODY' || !chance.happens(0.2)) return undefined;
    lostReplies += 1;
    return 'drop';
  };
  const sinks = await Promise.all(latenciesMs.map((latencyMs) => startSmtpSink({ latencyMs, script })));
  return {
    url(turn) {
      const sink = sinks[turn % sinks.length];
      if (sink === undefined) throw new Error('there is no sink');
      return `smtp://127.0.0.1:${sink.port}`;
    },
    arrived: () => sinks.flatMap((sink: SmtpSink) => sink.messages.map(({ bytes }) => bytes)),
    lastBegun,
    get lostReplies() {
      return lostReplies;
    },
    async close() {
      await Promise.all(sinks.map((sink) => sink.close()));
    },
  };
}

import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What this process counts. */
export type Metrics = ReturnType<typeof createMetrics>;

/**
 * A registry of its own for each process (and each test): nothing is global. Labels hold closed words only, never a
 * number, a name or an address. docs/operations.md says what to alarm on.
 */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'shouli_' });
  return {
    registry,
    letters: counter(registry, 'letters_total', 'Submissions: sent, failed, retried, unknown', ['outcome']),
    /** Above 0: the queue had forgotten, so Redis lost data. */
    timersRearmed: counter(registry, 'timers_rearmed_total', 'Alarm clocks that the queue had forgotten', []),
    faults: counter(registry, 'faults_total', 'Faults by code', ['code']),
    lastPoll: gauge(registry, 'last_poll_timestamp_seconds', 'Unix time of the last whole listing', ['mailbox']),
    waiting: gauge(registry, 'waiting', 'Unread items, pending and unknown letters', ['state']),
    overdueDeadlines: gauge(registry, 'overdue_deadlines', 'Armed deadlines late by more than two minutes', []),
    requestSeconds: histogram(registry, 'request_seconds', 'Duration of requests', ['route', 'method', 'status']),
  } as const;
}

function counter<Label extends string>(registry: Registry, name: string, help: string, labelNames: readonly Label[]) {
  return new Counter<Label>({ name: `shouli_${name}`, help, labelNames, registers: [registry] });
}

function gauge<Label extends string>(registry: Registry, name: string, help: string, labelNames: readonly Label[]) {
  return new Gauge<Label>({ name: `shouli_${name}`, help, labelNames, registers: [registry] });
}

function histogram<Label extends string>(registry: Registry, name: string, help: string, labelNames: readonly Label[]) {
  const buckets = [0.005, 0.02, 0.1, 0.5, 2, 10, 30];
  return new Histogram<Label>({ name: `shouli_${name}`, help, labelNames, buckets, registers: [registry] });
}

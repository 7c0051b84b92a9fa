import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { plainSummaryReporter } from './test/support/plain-summary-reporter.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globals: false,
    globalSetup: 'test/support/global-setup.ts',
    setupFiles: 'test/support/property-seed.ts',
    reporters: ['default', plainSummaryReporter()], // the second prints the last line of every run
    pool: 'forks', // tests start servers and send signals: each file in a process of its own
    maxWorkers: Math.max(2, availableParallelism() - 1), // tests wait for servers more than they compute
    retry: 1, // real servers on a busy machine; who needed it is named at the end of the run and is to be mended
    testTimeout: 120_000, // a guard against what hangs, not a measure: the machine may be busy
    hookTimeout: 120_000,
  },
});

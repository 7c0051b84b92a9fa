import type { TestModule, Reporter } from 'vitest/node';

/**
 * Prints `tests: N passed, N failed, N skipped` as the last line of a run, for machines that read no colours. A file
 * that could not be loaded, and an error outside any test, count as one failure each: a run that saw nothing is not green.
 * Above it stands every test that failed once: a defect to mend, in the test or in the house.
 */
export function plainSummaryReporter(write: (line: string) => void = writeToStdout): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
      for (const module of modules) countModule(module, counts);
      for (const name of modules.flatMap(passedAtSecondTry)) write(`passed only at the second try: ${name}\n`);
      if (counts.passed + counts.failed + counts.skipped === 0) counts.failed = 1;
      write(`tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
    },
  };
}

type Counts = { passed: number; failed: number; skipped: number };

function countModule(module: TestModule, counts: Counts): void {
  counts.failed += module.errors().length;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed' || state === 'failed') counts[state] += 1;
    else counts.skipped += 1; // skipped by name, or never reached
  }
}

function passedAtSecondTry(module: TestModule): string[] {
  return [...module.children.allTests()]
    .filter((test) => test.diagnostic()?.flaky === true)
    .map((test) => `${module.relativeModuleId} > ${test.fullName}`);
}

function writeToStdout(line: string): void {
  process.stdout.write(line);
}

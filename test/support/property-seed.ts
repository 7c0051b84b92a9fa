import fc from 'fast-check';

/**
 * The same cases on every run, so that a change that fails did it itself. `PROPERTY_SEED=$RANDOM npm test` looks at others;
 * what such a run finds becomes an example of its own in the test.
 */
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? '20140722') });

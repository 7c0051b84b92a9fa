// Imports run one way (docs/architecture.md):
//   domain <- rules <- intake <- casework <- {letters, store, queue, mailbox, http} <- compose <- roles <- {cli, workers}
// platform imports nothing of ours, and anyone from casework outwards may import it. `npm run layers` checks this and
// fails when it looked at fewer modules than there are.

const ADAPTERS = ['letters', 'store', 'queue', 'mailbox', 'http'];
const CORE = ['domain', 'rules', 'intake', 'casework'];

/** What a folder of src/ may import from src/; a list of folders, plus single files. */
function mayImport(folder, folders, files = []) {
  const allowed = [`^src/(?:${[folder, ...folders].join('|')})/`, ...files];
  return {
    name: `${folder}-imports-inwards`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: '^(?:src|workers|test|scripts)/', pathNot: allowed },
  };
}

module.exports = {
  forbidden: [
    mayImport('domain', []),
    mayImport('rules', ['domain']),
    mayImport('intake', ['domain', 'rules'], ['^src/platform/fault\\.ts$']),
    mayImport('casework', ['domain', 'rules', 'intake', 'platform']),
    ...ADAPTERS.map((adapter) => mayImport(adapter, [...CORE, 'platform'])),
    mayImport('platform', []),
    mayImport('roles', [...CORE, ...ADAPTERS, 'platform'], ['^src/(?:compose|office-rules)\\.ts$']),
    {
      name: 'compose-imports-inwards',
      severity: 'error',
      from: { path: '^src/compose\\.ts$' },
      to: { path: '^(?:src/(?:roles/|cli)|workers/|test/|scripts/)' },
    },
    {
      name: 'nothing-imports-an-entry-point',
      comment: 'Entry points act when they are imported.',
      severity: 'error',
      from: {},
      to: { path: '^(?:src/cli\\.ts|workers/)' },
    },
    {
      name: 'the-product-does-not-know-its-tests',
      severity: 'error',
      from: { path: '^(?:src|workers)/' },
      to: { path: '^(?:test|scripts|fixtures)/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'No package and no part of Node: a decision depends on its arguments alone.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypesNot: ['local', 'localmodule', 'type-only'], pathNot: '^src/domain/' },
    },
    {
      name: 'the-product-runs-without-development-packages',
      severity: 'error',
      from: { path: '^(?:src|workers)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every-import-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['^src/cli\\.ts$', '\\.d\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/console/' }, // this parser reads no JSX: test/architecture/desk.test.ts looks after the desk
    tsPreCompilationDeps: true, // an import of a type is an import
    parser: 'swc', // TypeScript 7 has no programming interface yet
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};

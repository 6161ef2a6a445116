import { cdktf, javascript } from 'projen';

/** Where the package is published from; npm compares it with the repository of the release workflow. */
const REPOSITORY = 'https://github.com/azure-platform-constructs/azure-platform-constructs.git';

/** jsii wants the development version of a peer to be the floor of its range, so these are floors. */
const PROVIDERS = {
  azurerm: '^14.23.1',
  helm: '^12.1.2',
  kubernetes: '^12.1.1',
  random: '^12.0.1',
  time: '^11.0.1',
};

/** What the offline judge needs; optional for users, so neither a dependency nor a peer (jsii refuses both). */
const JUDGE = ['@grpc/grpc-js', '@grpc/proto-loader', '@msgpack/msgpack'];

const project = new cdktf.ConstructLibraryCdktf({
  name: 'azure-platform-constructs',
  description: 'Opinionated Azure constructs for CDK for Terraform: secure by default, one table of environments',
  author: 'azure-platform-constructs contributors',
  authorAddress: 'https://github.com/azure-platform-constructs',
  authorOrganization: true,
  repositoryUrl: REPOSITORY,
  license: 'Apache-2.0',
  copyrightOwner: 'azure-platform-constructs contributors',
  keywords: ['azure', 'azurerm', 'terraform', 'cdktf', 'infrastructure-as-code'],
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '20',

  cdktfVersion: '^0.21.0',
  constructsVersion: '^10.6.0',
  peerDeps: Object.entries(PROVIDERS).map(([name, range]) => `@cdktf/provider-${name}@${range}`),
  bundledDeps: ['ipaddr.js@^2.2.0'],
  devDeps: [...JUDGE, 'cdktf-cli@0.21.0', 'fast-check@^4'],

  jsiiVersion: '~5.9.0',
  typescriptVersion: '~5.9.0',

  jestOptions: {
    jestVersion: '^30',
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      coverageReporters: ['text-summary', 'lcov'],
      moduleNameMapper: {
        '^azure-platform-constructs$': '<rootDir>/src',
        '^azure-platform-constructs/testing$': '<rootDir>/src/testing',
      },
      setupFiles: ['<rootDir>/test/support/without-stack-traces.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/lib/', '/dist/'],
      modulePathIgnorePatterns: ['<rootDir>/dist/'],
      watchPathIgnorePatterns: ['/lib/', '/cdktf.out/'],
    },
  },

  eslintOptions: { dirs: ['src', 'test', 'examples', '.projenrc.ts'] },
  prettier: true,
  prettierOptions: { settings: { singleQuote: true, printWidth: 120 } },

  github: true,
  githubOptions: { mergify: false },
  buildWorkflow: true,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  sampleCode: false,
  gitignore: ['cdktf.out/', 'terraform.*.tfstate*', '.jsii.tabl.json', '.venv/'],
});

// Node 20 banner of the jsii tools (the value is a list of major versions), and no calls home
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.tasks.addEnvironment('CHECKPOINT_DISABLE', '1');
project.tasks.addEnvironment('DISABLE_VERSION_CHECK', '1');

project.npmignore!.exclude('/examples/', '/.ci/', '/CONTRIBUTING.md', 'cdktf.out/');

// Self-reference: examples, and whoever tests them, import the package by its name
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './testing': { types: './lib/testing/index.d.ts', default: './lib/testing/index.js' },
  './lib/*': { types: './lib/*.d.ts', default: './lib/*.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});
project.package.addField('typesVersions', { '*': { testing: ['lib/testing/index.d.ts'] } });
project.package.addField('peerDependenciesMeta', Object.fromEntries(JUDGE.map((name) => [name, { optional: true }])));
project.tsconfigDev.file.addOverride('compilerOptions.paths', {
  'azure-platform-constructs': ['../src'],
  'azure-platform-constructs/testing': ['../src/testing'],
});
project.tsconfigDev.addInclude('../examples/**/*.ts');

// Two bans: a provider's index (seconds and 400 MB in every process), and imports that go sideways in the house
project.eslint!.addRules({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: '^@cdktf/provider-[a-z]+(/lib)?$',
          message: 'Import the class from its own module, e.g. @cdktf/provider-azurerm/lib/storage-account.',
        },
      ],
    },
  ],
  'import/no-restricted-paths': ['error', { zones: sidewaysZones() }],
});
project.eslint!.allowDevDeps('test/**');
project.eslint!.allowDevDeps('examples/**');
project.eslint!.allowDevDeps('src/testing/**');

project.testTask.reset();
project.testTask.spawn(project.compileTask);
project.testTask.exec('jest', { receiveArgs: true });
project.addTask('typecheck', {
  description: 'Check the types of tests and examples',
  exec: 'tsc --noEmit --project test/tsconfig.json',
});
project.postCompileTask.spawn(project.tasks.tryFind('typecheck')!);
project.postCompileTask.spawn(project.tasks.tryFind('eslint')!);

for (const [name, description] of [
  ['demo', 'Synthesize every example and let terraform judge it'],
  ['bench', 'Measure import and synthesis against a program of bare provider classes'],
]) {
  const task = project.addTask(name, { description });
  task.spawn(project.compileTask);
  task.exec(`ts-node --transpile-only --project test/tsconfig.json test/${name}/main.ts`, { receiveArgs: true });
}

project.synth();

/** One zone per folder of src that may not see every other one; see CONTRIBUTING.md for the table. */
function sidewaysZones(): object[] {
  const means = ['core', 'contracts', 'access', 'network'];
  const mayImport: Record<string, string[]> = {
    contracts: [],
    core: ['contracts'],
    access: ['core', 'contracts'],
    network: ['core', 'contracts'],
    ...Object.fromEntries(
      ['web', 'data', 'storage', 'security', 'edge', 'kubernetes', 'tenancy', 'jobs', 'resilience', 'cost'].map(
        (folder) => [folder, means],
      ),
    ),
    observability: ['core', 'contracts'],
    delivery: ['core', 'contracts'],
    compliance: [],
    testing: [],
  };
  return Object.entries(mayImport).map(([folder, allowed]) => ({
    target: `./src/${folder}`,
    from: './src',
    except: [folder, ...allowed].map((name) => `./${name}`),
    message: `src/${folder} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other folder'}.`,
  }));
}

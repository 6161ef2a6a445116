import { javascript, Project } from 'projen';

/** Needs a registry, and longer than the unit tests may take: has a task of its own. */
const PACKAGE_TESTS = ['test/package/consumer.test.ts', 'test/downstream/'];
const PROPERTY_TESTS = 'test/property/';

/** What starts terraform or other programs many times takes longer than the unit suite may. */
const SLOW_TESTS = 'slow.test.ts$';

/** A tenth faster than by its name: most of what tests make is thrown away at once, and the default collects it too often. */
const JEST = 'node --max-semi-space-size=64 node_modules/jest/bin/jest.js';

/** How jest runs one file, whoever asks for it. */
export const JEST_CONFIG: javascript.JestConfigOptions = {
  collectCoverage: false,
  // jest leaves one core idle by itself, which is half of a machine with two
  maxWorkers: '100%',
  coverageReporters: ['text-summary', 'lcov'],
  moduleNameMapper: {
    '^azure-platform-constructs$': '<rootDir>/src',
    '^azure-platform-constructs/(sas|testing)$': '<rootDir>/src/$1',
    // cdktf packs folders with it; a fifth of all modules that tests would load, and none packs one
    '^archiver$': '<rootDir>/test/support/archiver.ts',
  },
  setupFiles: ['<rootDir>/test/support/quickly.ts'],
  globalSetup: '<rootDir>/test/support/temporary.ts',
  globalTeardown: '<rootDir>/test/support/temporary-removed.ts',
  // Twice as fast as ts-jest, which stays for the fixture of a downstream repository, and loads late, as the package does
  transform: {
    '^.+\\.[t]sx?$': new javascript.Transform('@swc/jest', {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs', lazy: true },
    }),
  },
  testPathIgnorePatterns: ['/node_modules/', '/lib/', '/dist/', ...PACKAGE_TESTS, SLOW_TESTS],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  watchPathIgnorePatterns: ['/lib/', '/cdktf.out/'],
};

/** The lanes: `test` is the unit suite, the others take longer or need more. */
export function addTestTasks(project: Project): void {
  const compile = project.tasks.tryFind('compile')!;
  const test = project.tasks.tryFind('test')!;
  test.reset();
  test.spawn(compile);
  test.exec(`${JEST} --config test/together/jest.config.js`, { receiveArgs: true });

  const consumer = project.addTask('test:package', {
    description: 'Install the packed library in an empty folder, and use it there',
  });
  consumer.spawn(compile);
  consumer.exec(`${only(PACKAGE_TESTS.join(' '))} --runInBand`);

  for (const [name, env] of [
    ['test:property', { PROPERTY_RUNS: '100', PROPERTY_SEED: '4711' }], // the same each time: fails for what was changed
    ['test:long', { PROPERTY_RUNS: '1000' }],
  ] as const) {
    project
      .addTask(name, { description: `${env.PROPERTY_RUNS} random programs per construct, judged by terraform`, env })
      .exec(only(PROPERTY_TESTS), { receiveArgs: true });
  }
  project
    .addTask('test:slow', {
      description:
        'Tests that start other programs: every construct judged by terraform in every environment, and more',
      env: { JUDGED_ENVIRONMENTS: 'all' },
    })
    .exec(only(`'${SLOW_TESTS}'`), { receiveArgs: true });
  project.addTask('test:cdktn', {
    description: 'The unit tests on cdktn, the successor of cdktf',
    exec: `${JEST} --config test/cdktn/jest.config.js`,
    receiveArgs: true,
  });
}

/** The option takes as many words as follow it: tests come before. */
function only(tests: string): string {
  return `${JEST} ${tests} --testPathIgnorePatterns /node_modules/ /repository/`;
}

// The unit suite on cdktn, the successor of cdktf: providers and tests get it wherever they ask for cdktf.
const suite = require('../together/jest.config');

const ignored = [
  ...suite.testPathIgnorePatterns,
  // these start programs of their own, which no mapping reaches
  'test/(bench|demo|downstream|package)/',
  'test/conventions/determinism.slow.test.ts',
  // private modules of cdktf 0.21, left alone in others
  'test/core/azure-app.test.ts',
];

module.exports = {
  ...suite,
  globals: { ENGINE: 'cdktn', IGNORED: ignored },
  testPathIgnorePatterns: ignored,
  moduleNameMapper: { ...suite.moduleNameMapper, '^cdktf(/.*)?$': '<rootDir>/node_modules/cdktn$1' },
};

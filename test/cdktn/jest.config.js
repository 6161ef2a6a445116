// The unit suite on cdktn, the successor of cdktf: providers and tests get it wherever they ask for cdktf.
const { jest } = require('../../package.json');

module.exports = {
  ...jest,
  rootDir: '../..',
  globals: { ENGINE: 'cdktn' },
  testPathIgnorePatterns: [
    ...jest.testPathIgnorePatterns,
    // these start programs of their own, which no mapping reaches
    '<rootDir>/test/(bench|demo|downstream|package)/',
    '<rootDir>/test/conventions/determinism.slow.test.ts',
    // private modules of cdktf 0.21, left alone in others
    '<rootDir>/test/core/azure-app.test.ts',
  ],
  moduleNameMapper: { ...jest.moduleNameMapper, '^cdktf(/.*)?$': '<rootDir>/node_modules/cdktn$1' },
};

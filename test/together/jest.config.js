// The unit suite, many test files in one (see together.ts). `npx jest test/web` runs some of them, each by itself.
const { jest } = require('../../package.json');
const alone = require('./alone.json');

module.exports = {
  ...jest,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/together/[0-9]*.ts', ...alone.map((file) => `<rootDir>/test/${file}`)],
  globals: { IGNORED: jest.testPathIgnorePatterns },
};

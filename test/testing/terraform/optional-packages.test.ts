/* eslint-disable @typescript-eslint/no-require-imports -- loaded anew for every test */
const PACKAGES = ['@grpc/grpc-js', '@grpc/proto-loader', '@msgpack/msgpack'];

beforeEach(() => {
  jest.resetModules();
  for (const name of PACKAGES) {
    jest.doMock(name, () => {
      throw new Error(`Cannot find module '${name}'`);
    });
  }
});

test('the testing kit loads without the packages of the judge', () => {
  const kit = Object.keys(require('../../../src/testing'));

  expect(kit).toEqual(expect.arrayContaining(['judge', 'matchers', 'offlinePlan', 'Rendered', 'writeTerraformTests']));
});

test('whoever judges without them learns how to install them', () => {
  const { optionalPackage } = require('../../../src/testing/terraform/optional-packages');

  expect(() => optionalPackage('@grpc/grpc-js')).toThrow(
    'npm install --save-dev @grpc/grpc-js @grpc/proto-loader @msgpack/msgpack',
  );
});

import { fake, guessType } from '../../../src/testing/terraform/fakes';

test.each([
  ['tenant_id', /^[\d-]{36}$/],
  ['id', /^\/subscriptions\//],
  ['private_ip_address', /^10\./],
  ['primary_blob_endpoint', /^https:/],
  ['primary_access_key', /=$/],
  ['something', /^fake$/],
])('a string called %s looks the part', (name, pattern) => {
  expect(fake('string', name)).toMatch(pattern);
});

test('collections hold what is asked of them', () => {
  expect(fake(['map', 'string'], 'tags', [['team'], ['owner']])).toEqual({ team: 'fake', owner: 'fake' });
  expect(fake(['list', 'number'], 'ports', [[2]])).toEqual([1, 1, 1]);
  expect(fake(['set', ['object', { enabled: 'bool' }]], 'rules')).toEqual([{ enabled: false }]);
});

test('types that no schema tells are guessed from what is read', () => {
  expect(guessType([['subnets', 0, 'id'], ['name']])).toEqual([
    'object',
    { subnets: ['list', ['object', { id: 'string' }]], name: 'string' },
  ]);
});

import * as fs from 'fs';
import * as path from 'path';
import { Accepted, problemsOf } from './acceptance';

const failure = { id: 'CKV_1', name: 'Ensure that it is safe', where: 'shop-dev/azurerm_key_vault.Vault' };
const entry = { id: 'CKV_1', where: '*-dev/azurerm_key_vault.*', reason: 'dev is thrown away' };

test('what is accepted with a reason is no problem', () => {
  expect(problemsOf([failure], [entry])).toEqual([]);
});

test.each<[string, Accepted]>([
  ['id', { ...entry, id: 'CKV_2' }],
  ['place', { ...entry, where: '*-prod/azurerm_key_vault.*' }],
  ['type, a dot being a dot', { ...entry, where: '*-dev/azurerm.key.vault.*' }],
])('another %s is not accepted, and the entry is stale', (_, other) => {
  expect(problemsOf([failure], [other])).toEqual([
    'CKV_1 shop-dev/azurerm_key_vault.Vault: Ensure that it is safe',
    `${other.id} ${other.where}: accepted, but nothing fails it any more; delete the entry`,
  ]);
});

test('words in braces stand for an entry each, of which none may be stale', () => {
  const both = { ...entry, where: '{shop,site}-dev/azurerm_{key_vault,subnet}.*' };

  expect(problemsOf([failure], [both])).toEqual(
    ['shop-dev/azurerm_subnet.*', 'site-dev/azurerm_key_vault.*', 'site-dev/azurerm_subnet.*'].map(
      (where) => `CKV_1 ${where}: accepted, but nothing fails it any more; delete the entry`,
    ),
  );
});

test('an acceptance says why', () => {
  expect(problemsOf([failure], [{ ...entry, reason: ' ' }])).toEqual([
    'CKV_1 *-dev/azurerm_key_vault.*: accepted without a reason',
  ]);
});

test.each(['checkov/accepted.json', 'compliance/own-constructs-accepted.json', 'tfcheck/accepted.json'])(
  'the list %s is sorted, and has no entry twice',
  (file) => {
    const list: Accepted[] = JSON.parse(fs.readFileSync(path.join(__dirname, '..', file), 'utf8'));
    const keys = list.map(({ id, where }) => `${id} ${where}`);
    expect(keys).toEqual([...new Set(keys)].sort());
  },
);

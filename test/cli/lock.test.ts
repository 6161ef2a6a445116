import * as fs from 'fs';
import * as path from 'path';
import { App, TerraformHclModule, TerraformOutput, TerraformStack } from 'cdktf';
import { AzureProviders, ManagedIdentity } from '../../src';
import { workloadOn } from '../support/workload';
import { answerTo, synthesized } from './fixture';
import { before, file, folder, lock, lockedBeforeEach, out } from './lock-fixtures';

lockedBeforeEach();

describe('lock', () => {
  test('writes one address a line, sorted, the same for the same program', () => {
    const text = `{
  "version": 1,
  "stacks": {
    "shop": [
      "azurerm_key_vault.Shop_Vault_2A1B2C3D",
      "azurerm_storage_account.Shop_Acme_0A1B2C3D",
      "azurerm_storage_account.Shop_Globex_1A1B2C3D",
      "module.naming"
    ]
  }
}
`;
    expect(fs.readFileSync(file, 'utf8')).toBe(text);

    expect(lock()).toEqual({ code: 0, out: `${file}: 4 addresses in 1 stack, 0 new, 0 gone\n`, err: '' });
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
  });

  test('says what a new lock gives up', () => {
    synthesized(out, { shop: { ...before, module: { other: {} } } });

    expect(lock().out).toBe(`${file}: 4 addresses in 1 stack, 1 new, 1 gone\n  - shop  module.naming\n`);
    expect(JSON.parse(lock('--json').out)).toEqual({ file, addresses: 4, added: 0, gone: [] });
  });

  test('reads what cdktf writes: resources and modules, not data and outputs', () => {
    fs.rmSync(out, { recursive: true });
    const app = new App({ outdir: out });
    const stack = new TerraformStack(app, 'real');
    new AzureProviders(stack, 'Providers');
    const identity = new ManagedIdentity(workloadOn(stack, 'Shop'), 'Identity');
    new TerraformHclModule(stack, 'naming', { source: 'Azure/naming/azurerm' });
    new TerraformOutput(stack, 'id', { value: identity.identityId });
    app.synth();

    lock();

    expect(JSON.parse(fs.readFileSync(file, 'utf8')).stacks.real).toEqual([
      expect.stringMatching(/^azurerm_resource_group\.Shop_[0-9A-F]{8}$/),
      expect.stringMatching(/^azurerm_user_assigned_identity\.Shop_Identity_[0-9A-F]{8}$/),
      'module.naming',
    ]);
    expect(lock('--check')).toMatchObject({ code: 0 });
  });
});

describe('fails', () => {
  test.each([
    ['without a lock', undefined, "cannot be read; write it with 'azure-platform-constructs lock', and commit it"],
    ['for what is not JSON', '{', 'is not JSON'],
    ['for another file', '{"name":"x"}', 'is not a lock file'],
    ['for a list of something else', '{"version":1,"stacks":{"shop":[1]}}', 'is not a lock file'],
    [
      'for a newer lock',
      '{"version":2,"stacks":{}}',
      'was written by another version of this command; write it again, and compare',
    ],
  ])('%s', (_, text, problem) => {
    fs.rmSync(file);
    if (text !== undefined) {
      fs.writeFileSync(file, text);
    }

    expect(lock('--check')).toEqual({ code: 2, out: '', err: `azure-platform-constructs: ${file}: ${problem}\n` });
  });

  test('before it overwrites a file that is no lock', () => {
    fs.writeFileSync(file, '{"name":"x"}');

    expect(lock()).toMatchObject({ code: 2, err: expect.stringContaining('is not a lock file') });
    expect(fs.readFileSync(file, 'utf8')).toBe('{"name":"x"}');
  });

  test('for a folder that cannot be written to', () => {
    const lost = path.join(folder, 'no-such-folder', 'lock.json');

    expect(answerTo('lock', out, '--file', lost).err).toBe(`azure-platform-constructs: ${lost}: cannot be written\n`);
  });

  test.each([
    ['no manifest', undefined, 'manifest.json: cannot be read; synthesize first, or name the folder that cdktf wrote'],
    ['no stacks', { stacks: {} }, 'empty: has no stacks'],
    [
      'HCL',
      { stacks: { a: { synthesizedStackPath: 'stacks/a/cdk.tf' } } },
      'is not JSON; synthesize without HCL output',
    ],
    [
      'a stack without its file',
      { stacks: { a: { synthesizedStackPath: 'a.json' } } },
      'cannot be read; synthesize again',
    ],
  ])('for a folder with %s', (_, manifest, problem) => {
    const empty = path.join(folder, 'empty');
    fs.mkdirSync(empty);
    if (manifest) {
      fs.writeFileSync(path.join(empty, 'manifest.json'), JSON.stringify(manifest));
    }

    expect(answerTo('lock', empty)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(problem) });
  });
});

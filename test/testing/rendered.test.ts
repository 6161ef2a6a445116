import * as fs from 'fs';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { addressesOf, normalized, Rendered, snapshotOf } from '../../src/testing';
import { scratch } from '../support/scratch';

/** An app with a stack `hub` of two storage accounts, and a stack `spoke` that reads one of them. */
function platform(): { app: App; hub: TerraformStack } {
  const app = new App({ outdir: scratch('rendered') });
  const [hub, spoke] = ['hub', 'spoke'].map((name) => new TerraformStack(app, name));
  [hub, spoke].forEach((stack) => new AzurermProvider(stack, 'azurerm', { features: [{}] }));
  const [location, resourceGroupName] = ['westeurope', 'rg'];
  const common = { location, resourceGroupName, accountTier: 'Standard', accountReplicationType: 'LRS' };
  const [data] = ['Data', 'Logs'].map(
    (id) =>
      new StorageAccount(new Construct(hub, id), 'Resource', {
        name: id.toLowerCase(),
        tags: { b: '1', a: '2' },
        ...common,
      }),
  );
  new ResourceGroup(spoke, 'rg', { name: 'rg', location });
  new TerraformOutput(spoke, 'account', { value: data.id });
  return { app, hub };
}

describe('Rendered', () => {
  const { hub } = platform();
  const rendered = new Rendered(new Construct(hub, 'Any'));

  test('finds by type and by construct path', () => {
    expect(rendered.all('azurerm_storage_account')).toHaveLength(2);
    expect(rendered.at('azurerm_storage_account', 'Data/Resource').name).toBe('data');
    expect(rendered.addresses()).toHaveLength(2);
  });

  test('says what is there instead', () => {
    expect(() => rendered.only('azurerm_key_vault')).toThrow(
      'expected one azurerm_key_vault, found 0; there are:\n  azurerm_storage_account',
    );
    expect(() => rendered.only('azurerm_storage_account')).toThrow(
      /^expected one azurerm_storage_account, found 2; there are:\n {2}Data_\w+\n {2}Logs_\w+$/,
    );
    expect(() => rendered.at('azurerm_storage_account', 'Date/Resource')).toThrow(
      'expected one azurerm_storage_account at Date/Resource, found 0; there are:\n  hub/Data/Resource\n  hub/Logs/Resource',
    );
    expect(() => rendered.at('azurerm_key_vault', 'Vault')).toThrow('found 0; there are none');
  });

  test('says what differs', () => {
    rendered.has('azurerm_storage_account', 'Data/Resource', { name: 'data', tags: { a: '2' } });

    expect(() =>
      rendered.has('azurerm_storage_account', 'Data/Resource', {
        name: 'date',
        tags: { a: '1' },
        identity: { type: 'SystemAssigned' },
        zones: ['1'],
      }),
    ).toThrow(
      [
        'azurerm_storage_account at Data/Resource differs:',
        '  name: expected "date", got "data"',
        '  tags.a: expected "1", got "2"',
        '  identity: expected {"type":"SystemAssigned"}, got nothing',
        '  zones: expected ["1"], got nothing',
      ].join('\n'),
    );
  });
});

describe('what is kept to compare', () => {
  test('snapshots hold nothing that changes by itself', () => {
    const { app } = platform();

    const { hub, spoke } = snapshotOf(app);

    expect(JSON.stringify({ hub, spoke })).not.toMatch(/"\/\/"|metadata|"version"|\/work|\/tmp|\/home/);
    expect(Object.keys(Object.values<any>(hub.resource.azurerm_storage_account)[0].tags)).toEqual(['a', 'b']);
    expect(spoke.terraform.backend.local.path).toBe('terraform.spoke.tfstate');
    expect(Object.keys(spoke.data.terraform_remote_state)).toEqual(['cross-stack-reference-input-hub']);
  });

  test('text is normalized too, and stays what it is', () => {
    const stack = {
      z: [2, 1],
      terraform: { required_providers: { a: { version: '1', source: 's' } } },
      '//': {},
      n: null,
    };

    expect(JSON.stringify(normalized(JSON.stringify(stack)))).toBe(
      '{"n":null,"terraform":{"required_providers":{"a":{"source":"s"}}},"z":[2,1]}',
    );
  });

  test('addresses are listed by stack: of an app, a stack and a folder', () => {
    const { app, hub } = platform();
    const ofHub = [expect.stringMatching(/^azurerm_storage_account\.Data_/), expect.stringMatching(/\.Logs_/)];

    expect(addressesOf(app)).toEqual({ hub: ofHub, spoke: ['azurerm_resource_group.rg'] });
    expect(addressesOf(hub)).toEqual({ hub: ofHub });
    expect(fs.readdirSync(`${app.outdir}/stacks`)).toEqual([]);
    app.synth();
    expect(addressesOf(app.outdir)).toEqual(addressesOf(app));
  });
});

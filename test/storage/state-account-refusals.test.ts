import { TerraformVariable } from 'cdktf';
import { Environment, StateAccount, StateAccountProps } from '../../src';
import { Rendered, workloadIn } from '../support';
import { RUNNERS, stateIn } from './state-fixtures';

describe('fails', () => {
  const defined = (props: StateAccountProps, workload = workloadIn(Environment.DEV)) =>
    new StateAccount(workload, 'State', props);
  const LITERAL =
    'must be a literal, because Terraform reads the backend before it computes anything; got a value that Terraform has yet to compute';

  test('when nobody would reach it', () => {
    const error = new Error(
      "stack/Billing/State: one of 'network' and 'allowedIpRules' must say who reaches the account, or nothing could run Terraform with it: give a network that the runners sit in, or the public addresses that they come from",
    );
    expect(() => defined({})).toThrow(error);
    expect(() => defined({ allowedIpRules: [] })).toThrow(error);
  });

  test('with every problem at once', () => {
    expect(() =>
      defined({
        storageAccountName: 'State-Account',
        allowedIpRules: ['0.0.0.0/0', '192.168.0.0/16', '198.51.100.7/24', '203.0.113.7/32'],
        containerName: '$web',
        recoveryDays: 3,
        versionDays: 0,
      }),
    ).toThrow(
      new Error(
        [
          `stack/Billing/State: 'storageAccountName' must be 3 to 24 lower-case letters or digits; got "State-Account"`,
          `'allowedIpRules' must be IPv4 addresses, or networks from /16 to /30, got "0.0.0.0/0"`,
          `'allowedIpRules' must be public addresses, got "192.168.0.0/16"; what is private comes in through 'network'`,
          `'allowedIpRules' must name a network by its first address, 198.51.100.0/24, got "198.51.100.7/24"`,
          `'allowedIpRules' must be IPv4 addresses, or networks from /16 to /30, got "203.0.113.7/32"`,
          `'containerName' must have 3 to 63 lower-case letters, digits or single hyphens between them, got "$web"`,
          "'recoveryDays' must be a whole number from 7 to 365, got 3",
          "'versionDays' must be a whole number from 7 to 3650, got 0",
        ].join('; '),
      ),
    );
  });

  test('with what Terraform has yet to compute, where it reads the state first', () => {
    const workload = workloadIn(Environment.DEV);
    const token = new TerraformVariable(workload, 'Name', { type: 'string' }).stringValue;

    expect(() => defined({ allowedIpRules: [token], containerName: token }, workload)).toThrow(
      new Error(
        `stack/Billing/State: 'allowedIpRules' must be literals, because what a firewall lets in is checked at synthesis; got a value that Terraform has yet to compute; 'containerName' ${LITERAL}`,
      ),
    );
    expect(() => StateAccount.fromStorageAccountId(workload, 'Shared', token)).toThrow(
      new Error(`stack/Billing/Shared: 'storageAccountId' ${LITERAL}`),
    );
  });

  test('to refer to what is no storage account', () => {
    const workload = workloadIn(Environment.DEV);

    expect(() => StateAccount.fromStorageAccountId(workload, 'Shared', 'ststate', 'T')).toThrow(
      new Error(
        `stack/Billing/Shared: 'storageAccountId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Storage/storageAccounts/<name>', got "ststate"; 'containerName' must have 3 to 63 lower-case letters, digits or single hyphens between them, got "T"`,
      ),
    );
  });

  test('without an organization', () => {
    const workload = workloadIn(Environment.DEV, { organization: undefined });

    expect(() => defined(RUNNERS, workload)).toThrow(
      new Error(
        `stack/Billing/State: names of azurerm_storage_account are unique in all of Azure: give the workload "stack/Billing" an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`,
      ),
    );
  });
});

describe('fails at synthesis, whoever wrote what Azure would refuse while Terraform applies', () => {
  test.each<[string, (resources: StateAccount['resources']) => void, string]>([
    [
      'a period of another form',
      ({ storageAccount }) => storageAccount.addOverride('sas_policy.expiration_period', '1.0:00:00'),
      "'sas_policy.expiration_period' must be 'DD.HH:MM:SS', got \"1.0:00:00\"",
    ],
    [
      'directories and versions',
      ({ storageAccount }) => storageAccount.addOverride('is_hns_enabled', true),
      "'is_hns_enabled' and 'blob_properties.versioning_enabled' exclude each other: an account has directories or versions",
    ],
    [
      'metadata of another form',
      ({ container }) => container.addOverride('metadata', { 'tenant-id': 'acme' }),
      'the metadata "tenant-id" of the container "tfstate" must have lower-case letters, digits or underscores, no digit first',
    ],
    [
      'rules of one name',
      ({ lifecyclePolicy }) =>
        lifecyclePolicy.addOverride(
          'rule',
          [1, 2].map(() => ({ name: 'own', enabled: true, filters: { blob_types: ['blockBlob'] }, actions: {} })),
        ),
      'lifecycle rules must have different names, got "own" more than once',
    ],
  ])('%s', (_, change, sentence) => {
    const { workload, account } = stateIn(Environment.DEV);
    change(account.resources);

    expect(() => new Rendered(workload)).toThrow(`errors:\n  [stack/Billing/State] ${sentence}\n`);
  });
});

import { Construct } from 'constructs';
import { ProtectedProps } from '../../src/contracts/ownership';
import { IRecoverable, RecoveryStep } from '../../src/contracts/recovery';
import { Environment } from '../../src/core/environment';
import { stepPastLock } from '../../src/core/lock-step';
import { Workload } from '../../src/core/workload';
import { ManagedPostgres } from '../../src/data/managed-postgres';
import { EmailService } from '../../src/edge/email-service';
import { ObservabilityStack } from '../../src/observability/observability-stack';
import { SecretVault } from '../../src/security/secret-vault';
import { EvidenceStore } from '../../src/storage/evidence-store';
import { StateAccount } from '../../src/storage/state-account';
import { groupIn, networkIn, workloadIn } from '../support';

/** A construct of each kind that has a lock in prod and roles, or the like, below it. */
const LOCKED: { [name: string]: (workload: Workload, protect?: ProtectedProps) => Construct & IRecoverable } = {
  EmailService: (workload, protect) => new EmailService(workload, 'Mail', { ...protect, serviceName: 'mail' }),
  EvidenceStore: (workload, protect) =>
    new EvidenceStore(workload, 'Evidence', {
      ...protect,
      storageAccountName: 'evidence',
      replicaLocation: 'northeurope',
    }),
  ManagedPostgres: (workload, protect) =>
    new ManagedPostgres(workload, 'Db', {
      ...protect,
      serverName: 'db-acme',
      network: networkIn(workload),
      administrator: { principal: groupIn(workload), principalName: 'dba' },
    }),
  ObservabilityStack: (workload, protect) =>
    new ObservabilityStack(workload, 'Watch', {
      ...protect,
      runbookUrl: 'https://example.com',
      routes: { ops: { emails: ['ops@example.com'] } },
    }),
  SecretVault: (workload, protect) => new SecretVault(workload, 'Vault', { ...protect, vaultName: 'kv-acme' }),
  StateAccount: (workload, protect) =>
    new StateAccount(workload, 'State', { ...protect, storageAccountName: 'states', network: networkIn(workload) }),
};

const stepsPastLock = (construct: IRecoverable): RecoveryStep[] =>
  construct.toRecoverySteps().filter(({ commands }) => commands.some((command) => command.includes('az lock')));

describe('step past a lock', () => {
  test('takes every lock away, and has the apply put it back', () => {
    expect(
      stepPastLock({ group: 'rg-acme', type: 'Microsoft.KeyVault/vaults', names: ['a', 'b'] }, 'take a role away'),
    ).toEqual({
      key: 'RevokeRoles',
      occasion: 'offboarding',
      summary: 'Lets an apply take a role away: the delete lock would refuse that. The same apply puts the lock back.',
      commands: [
        'az lock delete --name no-delete --resource-group rg-acme --resource a --resource-type Microsoft.KeyVault/vaults',
        'az lock delete --name no-delete --resource-group rg-acme --resource b --resource-type Microsoft.KeyVault/vaults',
        'terraform apply',
      ],
      minutes: 10,
    });
  });

  test.each`
    name                    | key               | type                                               | names
    ${'EmailService'}       | ${'RevokeRoles'}  | ${'Microsoft.Communication/communicationServices'} | ${['mail']}
    ${'EvidenceStore'}      | ${'RevokeRoles'}  | ${'Microsoft.Storage/storageAccounts'}             | ${['evidence', 'stbillingprodevidee8wof8']}
    ${'ManagedPostgres'}    | ${'RevokeAccess'} | ${'Microsoft.DBforPostgreSQL/flexibleServers'}     | ${['db-acme']}
    ${'ObservabilityStack'} | ${'RevokeRoles'}  | ${'Microsoft.OperationalInsights/workspaces'}      | ${['log-billing-prod-watch-bjgm43']}
    ${'SecretVault'}        | ${'RevokeRoles'}  | ${'Microsoft.KeyVault/vaults'}                     | ${['kv-acme']}
    ${'StateAccount'}       | ${'RevokeRoles'}  | ${'Microsoft.Storage/storageAccounts'}             | ${['states']}
  `('$name has it where it is guarded, and nowhere else', ({ name, key, type, names }) => {
    const guarded = LOCKED[name](workloadIn(Environment.PROD));
    const free = LOCKED[name](workloadIn(Environment.PROD), { deletionProtection: false });

    expect(stepsPastLock(guarded).map((step) => [step.key, step.commands])).toEqual([
      [
        key,
        [
          ...names.map(
            (one: string) =>
              `az lock delete --name no-delete --resource-group rg-billing-prod-1kvvqr --resource ${one} --resource-type ${type}`,
          ),
          'terraform apply',
        ],
      ],
    ]);
    expect(stepsPastLock(free)).toEqual([]);
  });
});

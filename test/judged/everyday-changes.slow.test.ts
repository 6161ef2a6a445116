import { TerraformStack, Testing } from 'cdktf';
import {
  EphemeralVariable,
  Environment,
  EvidenceStore,
  ManagedPostgres,
  PostgresSku,
  Principal,
  SecretVault,
  TenantOptions,
  TenantStorageAccount,
  Workload,
} from '../../src';
import { offlinePlan } from '../../src/testing';
import { networkIn, workloadIn } from '../support';
import { describeJudged } from '../testing/terraform/with-terraform';

const GUID = '00000000-0000-0000-0000-000000000001';
const MARKER = 'a-secret-that-must-not-be-found';

/** What users change on a working day. */
interface Day {
  readonly sku?: PostgresSku;
  readonly backupDays?: number;
  readonly databases?: string[];
  readonly tenants: { [key: string]: TenantOptions };
  readonly releasedTenants?: string[];
  readonly containers: string[];
  readonly zone?: string;
  readonly storageGib?: number;
  readonly secret: { readonly version: number; readonly expiresOn: string };
}

const MONDAY: Day = {
  secret: { version: 1, expiresOn: '2027-03-31T00:00:00Z' },
  tenants: { acme: {}, globex: {}, initech: {} },
  containers: ['contracts', 'claims'],
};

/** A platform that holds data, in production, with locks and all. */
function platform(day: Day): Workload {
  const workload = workloadIn(Environment.PROD);
  const network = networkIn(workload);
  const vault = new SecretVault(workload, 'Vault', { network, runnerInNetwork: true });
  const handedIn = new EphemeralVariable(workload, 'Token').value;
  vault.addSecret('token', { value: handedIn, ...day.secret });
  const database = new ManagedPostgres(workload, 'Database', {
    network,
    administrator: { principal: Principal.group(workload, 'Administrators', GUID), principalName: 'administrators' },
    passwordSecret: vault.addGeneratedSecret('postgres'),
    sku: day.sku,
    backupDays: day.backupDays,
    createOnly: { zone: day.zone, storageGib: day.storageGib },
  });
  day.databases?.forEach((name) => database.addDatabase(name));
  const { tenants, releasedTenants } = day;
  new TenantStorageAccount(workload, 'Files', { network, tenants, releasedTenants });
  const containers = Object.fromEntries(day.containers.map((name) => [name, {}]));
  new EvidenceStore(workload, 'Evidence', { network, containers });
  return workload;
}

const after = async (day: Day) => offlinePlan(platform(day), { after: await offlinePlan(platform(MONDAY)) });

describeJudged('what users change every day', () => {
  beforeAll(() => {
    const { variable } = JSON.parse(Testing.synth(TerraformStack.of(platform(MONDAY))));
    expect(Object.keys(variable)).toHaveLength(1);
    Object.keys(variable).forEach((name) => (process.env[`TF_VAR_${name}`] = MARKER));
  });

  test('replaces and destroys nothing: sizes, databases, tenants that join, leave and change places, new secrets', async () => {
    const plan = await after({
      sku: PostgresSku.D8DS_V5,
      backupDays: 20,
      databases: ['reports'],
      tenants: { umbrella: {}, globex: { retention: { deleteAfterDays: 900, versionDays: 60 } }, acme: {} },
      releasedTenants: ['initech'],
      containers: ['claims', 'audits', 'contracts'],
      secret: { version: 2, expiresOn: '2027-06-30T00:00:00Z' },
    });

    plan.succeeds();
    plan.replacesNothing();
    plan.destroysNothing();
    expect(
      plan.changes
        .filter(({ fate }) => fate === 'add')
        .map(({ type }) => type)
        .sort(),
    ).toEqual([
      'azurerm_postgresql_flexible_server_database',
      'azurerm_storage_container',
      'azurerm_storage_container',
      'azurerm_storage_container_immutability_policy',
      'terraform_data', // umbrella's place in the roster
    ]);
  }, 60_000);

  test('changes nothing where Azure moves things by itself: zones after a failover, disks that have grown', async () => {
    const plan = await after({ ...MONDAY, zone: '3', storageGib: 512 });

    plan.changesNothing();
  }, 60_000);

  test('leaves no secret in the plan, nor in the state', async () => {
    const plan = await offlinePlan(platform(MONDAY));
    const state = JSON.stringify(await plan.applied());

    plan.noSecrets([MARKER]);
    expect(state).toContain('azurerm_key_vault_secret');
    expect(state).not.toContain(MARKER);
  }, 60_000);
});

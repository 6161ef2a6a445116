import { spawnSync } from 'child_process';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { App, TerraformStack } from 'cdktf';
import {
  AzureProviders,
  Environment,
  ManagedIdentity,
  TenantIsolation,
  TenantOptions,
  TenantState,
  TenantStorageAccount,
  TenantStorageAccountProps,
  Workload,
} from '../../src';
import { findTerraform, judge, StackVerdict } from '../../src/testing';
import { Rendered, workloadIn, workloadOn } from '../support';
import { scratch } from '../support/scratch';
import { describeJudged } from '../testing/terraform/with-terraform';

const CONTAINER = 'azurerm_storage_container';
const ROLE = 'azurerm_role_assignment';

/** An account that grants to an app on each of its tenants. */
function filesIn(workload: Workload, props: TenantStorageAccountProps) {
  const account = new TenantStorageAccount(workload, 'Files', { storageAccountName: 'stacme', ...props });
  const api = new ManagedIdentity(workload, 'Api');
  account.tenants.forEach((tenant) => tenant.grantReadWrite(api));
  return account;
}

function renderedWith(options: TenantOptions, environment = Environment.DEV) {
  const workload = workloadIn(environment);
  filesIn(workload, { tenants: { acme: options } });
  return new Rendered(workload);
}

describe('a tenant', () => {
  const active = renderedWith({});

  test('that is suspended keeps everything but its roles, which can come back', () => {
    const suspended = renderedWith({ state: TenantState.SUSPENDED });

    expect(suspended.addresses()).toEqual(active.addresses());
    expect(suspended.only(ROLE)).toEqual({ ...active.only(ROLE), count: 0 });
    expect(suspended.only('azurerm_storage_management_policy').rule).toEqual(
      active.only('azurerm_storage_management_policy').rule,
    );
    expect(suspended.only(CONTAINER)).toEqual({
      ...active.only(CONTAINER),
      metadata: { tenant_id: 'acme', tenant_state: 'suspended', environment: 'dev' },
    });
  });

  test('that is retained is guarded in every environment as well', () => {
    const retained = renderedWith({ state: TenantState.RETAINED });

    expect(retained.addresses()).toEqual(active.addresses());
    expect(retained.only(ROLE).count).toBe(0);
    expect(retained.only(CONTAINER)).toMatchObject({
      metadata: { tenant_state: 'retained' },
      lifecycle: { prevent_destroy: true },
    });
  });

  test('that is released is forgotten at the address it had, and leaves nothing else behind', () => {
    const workload = workloadIn(Environment.DEV);
    filesIn(workload, { releasedTenants: ['acme'] });

    const released = new Rendered(workload);
    const [address] = active.addresses().filter((one) => one.startsWith(CONTAINER));
    expect(released.json.removed).toEqual([{ from: address, lifecycle: { destroy: false } }]);
    expect(released.all(CONTAINER)).toEqual([]);
    expect(released.all(ROLE)).toEqual([]);
  });

  test('stays on the roster for ever, also when it is released', () => {
    const roster = (props: TenantStorageAccountProps) => {
      const workload = workloadIn(Environment.PROD);
      filesIn(workload, props);
      return new Rendered(workload).only('terraform_data');
    };

    expect(roster({ tenants: { acme: {}, globex: {} } })).toMatchObject({
      for_each: { acme: 'acme', globex: 'globex' },
      lifecycle: { prevent_destroy: true },
    });
    expect(roster({ tenants: { globex: {} }, releasedTenants: ['acme'] })).toEqual(
      roster({ tenants: { acme: {}, globex: {} } }),
    );
  });
});

describe('the steps', () => {
  const stepsOf = (props: TenantStorageAccountProps, environment = Environment.DEV) =>
    filesIn(workloadIn(environment, { resourceGroupName: 'rg-files' }), props).toRecoverySteps();

  test('bring data back, with the real names', () => {
    expect(stepsOf({ tenants: { acme: {} } }).map(({ key, commands }) => [key, commands])).toEqual([
      [
        'SetBackContainer',
        [
          'az storage blob restore --account-name stacme --resource-group rg-files --time-to-restore "$RESTORE_TO" --blob-range "$CONTAINER/" "$CONTAINER"0',
        ],
      ],
      [
        'RestoreVersion',
        [
          'az storage blob list --account-name stacme --auth-mode login --container-name "$CONTAINER" --prefix "$BLOB" --include v --query "[].{version:versionId,written:properties.lastModified}" --output table',
          'az storage blob copy start --account-name stacme --auth-mode login --destination-container "$CONTAINER" --destination-blob "$BLOB" --source-uri "https://stacme.blob.core.windows.net/$CONTAINER/$BLOB?versionid=$VERSION_ID"',
        ],
      ],
      [
        'UndeleteContainer',
        [
          'az storage container list --account-name stacme --auth-mode login --include-deleted --query "[?deleted].{name:name,version:version}" --output table',
          'az storage container restore --account-name stacme --auth-mode login --name "$CONTAINER" --deleted-version "$VERSION_ID"',
        ],
      ],
      ['RevokeLinks', ['az storage account revoke-delegation-keys --name stacme --resource-group rg-files']],
    ]);
  });

  test('of a guarded account in two regions also fail over, and let roles be taken away', () => {
    const steps = stepsOf({}, Environment.PROD).slice(-2);

    expect(steps.map(({ key, occasion }) => [key, occasion])).toEqual([
      ['FailOver', 'failover'],
      ['RevokeRoles', 'offboarding'],
    ]);
    expect(steps[0].commands.at(-1)).toBe('az storage account failover --name stacme --resource-group rg-files --yes');
    expect(steps[1].commands).toEqual([
      'az lock delete --name no-delete --resource-group rg-files --resource stacme --resource-type Microsoft.Storage/storageAccounts',
      'terraform apply',
    ]);
  });

  test('let tenants go: those who are retained, then those who are released', () => {
    const steps = stepsOf({
      tenants: { acme: {}, globex: { state: TenantState.RETAINED } },
      releasedTenants: ['hooli'],
      containerNaming: 'files-{tenant}',
    });

    expect(steps.slice(-2).map(({ key, commands }) => [key, commands])).toEqual([
      ['ReleaseTenant-globex', ['terraform plan', 'terraform apply']],
      ['PurgeTenant-hooli', ['az storage container delete --account-name stacme --auth-mode login --name files-hooli']],
    ]);
  });

  test('let a whole account go by hand, resource by resource', () => {
    const workload = workloadIn(Environment.DEV);
    const account = filesIn(workload, {
      isolation: TenantIsolation.ACCOUNT,
      tenants: { acme: { state: TenantState.RETAINED } },
    });

    const { key, commands } = account.toRecoverySteps().at(-1)!;
    const below = new Rendered(workload).addresses().filter((address) => address.includes('_Files_'));
    expect(key).toBe('ReleaseTenant-acme');
    expect(commands).toEqual(below.map((address) => `terraform state rm '${address}'`));
  });
});

describeJudged('the real terraform', () => {
  async function verdictOn(props: TenantStorageAccountProps): Promise<StackVerdict> {
    const outdir = scratch('tenants');
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'files');
    new AzureProviders(stack, 'Providers');
    filesIn(workloadOn(stack, 'Billing', { environment: Environment.PROD }), props);
    app.synth();
    const [verdict] = await judge([outdir], { plan: true });
    return verdict;
  }

  test('takes every state at once: suspended tenants get no role, released ones no container', async () => {
    const { findings, plan } = await verdictOn({
      tenants: { acme: {}, globex: { state: TenantState.SUSPENDED }, initech: { state: TenantState.RETAINED } },
      releasedTenants: ['hooli', 'umbrella'],
    });

    expect(findings).toEqual([]);
    const created = plan!.resource_changes!.filter(({ change }) => change.actions.includes('create'));
    const addressesOf = (type: string) => created.filter((one) => one.type === type).map(({ address }) => address);
    expect(addressesOf(CONTAINER)).toEqual([
      expect.stringContaining('Tenant-acme'),
      expect.stringContaining('Tenant-globex'),
      expect.stringContaining('Tenant-initech'),
    ]);
    expect(addressesOf(ROLE)).toEqual([expect.stringContaining('Tenant-acme')]);
    expect(addressesOf('terraform_data')).toHaveLength(5);
  }, 30_000);

  /** Applies and plans stacks for real, with a resource that needs no provider in the place of each of azurerm. */
  function rehearsal() {
    const dir = scratch('tenants');
    const run = (...args: string[]) =>
      spawnSync(findTerraform()!, args, { cwd: dir, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: dir } });
    const write = (props: TenantStorageAccountProps) => {
      const workload = workloadIn(Environment.PROD);
      filesIn(workload, props);
      const { resource, removed } = new Rendered(workload).json;
      const standIns = [CONTAINER, ROLE].flatMap((type) => Object.entries<any>(resource[type] ?? {}));
      const blocks = [...Object.entries<any>(resource.terraform_data), ...standIns].map(
        ([id, { for_each, count, lifecycle }]) => [id, { for_each, count, lifecycle }],
      );
      const json = JSON.stringify({ resource: { terraform_data: Object.fromEntries(blocks) }, removed });
      writeFileSync(join(dir, 'main.tf.json'), json.split(CONTAINER).join('terraform_data'));
    };
    return { run, write };
  }

  test('refuses a plan in which a tenant vanished, and takes one in which it was released', () => {
    const { run, write } = rehearsal();

    write({ tenants: { acme: {}, globex: {} } });
    expect(run('init').status).toBe(0);
    expect(run('apply', '-auto-approve').stdout).toContain('6 added');
    write({ tenants: { globex: {} } });
    const vanished = run('plan', '-no-color');
    expect([vanished.status, vanished.stderr]).toEqual([
      1,
      expect.stringMatching(/LeaveByReleasedTenants\S*\["acme"\]/),
    ]);
    expect(vanished.stderr).toContain('lifecycle.prevent_destroy');

    write({ tenants: { acme: { state: TenantState.RETAINED }, globex: {} } });
    const retained = run('apply', '-auto-approve', '-no-color').stdout;
    expect(retained).toMatch(/Tenant-acme_Grant\S* will be destroyed/);
    expect(retained).toContain('0 added, 0 changed, 1 destroyed');

    write({ tenants: { globex: {} }, releasedTenants: ['acme'] });
    const released = run('apply', '-auto-approve', '-no-color').stdout;
    expect(released).toMatch(/Tenant-acme_\S* will no longer be managed by Terraform, but will not be destroyed/);
    expect(released).toContain('0 added, 0 changed, 0 destroyed');
    write({ tenants: { globex: {} } });
    expect(run('plan').status).toBe(1);
  }, 60_000);
});

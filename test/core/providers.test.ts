import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { MonitorWorkspace } from '@cdktf/provider-azurerm/lib/monitor-workspace';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { RandomProvider } from '@cdktf/provider-random/lib/provider';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import { LocalBackend, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { AzureProviders, AzureProvidersProps, AzureState, AzureStateProps, Environment } from '../../src';
import { namespacesOf } from '../../src/core/resource-providers';
import { ensureRandomProvider, ensureTimeProvider } from '../../src/core/utility-providers';
import { ENVIRONMENTS, Rendered, workloadOn } from '../support';

const GUID = '00000000-0000-0000-0000-00000000000a';

const emptyStack = (name: string = 'stack') => new TerraformStack(Testing.app(), name);
const tokenIn = (stack: TerraformStack) => new TerraformVariable(stack, 'Any', { type: 'string' }).stringValue;

describe('AzureProviders', () => {
  function providerOf(props?: AzureProvidersProps) {
    const stack = emptyStack();
    new AzureProviders(stack, 'Providers', props);
    return new Rendered(stack).json.provider.azurerm[0];
  }

  describe('defaults', () => {
    test('protect, register nothing, and take no secret', () => {
      expect(providerOf()).toEqual({
        features: [
          {
            api_management: [{ purge_soft_delete_on_destroy: false, recover_soft_deleted: true }],
            app_configuration: [{ purge_soft_delete_on_destroy: false, recover_soft_deleted: true }],
            application_insights: [{ disable_generated_rule: true }],
            cognitive_account: [{ purge_soft_delete_on_destroy: false }],
            key_vault: [
              {
                purge_soft_delete_on_destroy: false,
                purge_soft_deleted_certificates_on_destroy: false,
                purge_soft_deleted_hardware_security_module_keys_on_destroy: false,
                purge_soft_deleted_hardware_security_modules_on_destroy: false,
                purge_soft_deleted_keys_on_destroy: false,
                purge_soft_deleted_secrets_on_destroy: false,
                recover_soft_deleted_certificates: true,
                recover_soft_deleted_hardware_security_module_keys: true,
                recover_soft_deleted_key_vaults: true,
                recover_soft_deleted_keys: true,
                recover_soft_deleted_secrets: true,
              },
            ],
            log_analytics_workspace: [{ permanently_delete_on_destroy: false }],
            postgresql_flexible_server: [{ restart_server_on_configuration_value_change: true }],
            resource_group: [{ prevent_deletion_if_contains_resources: true }],
            storage: [{ data_plane_available: false }],
            subscription: [{ prevent_cancellation_on_destroy: true }],
          },
        ],
        resource_provider_registrations: 'none',
        storage_use_azuread: true,
        use_oidc: true,
      });
    });

    test('subscription and directory are passed on', () => {
      expect(providerOf({ subscriptionId: GUID, tenantId: GUID })).toMatchObject({
        subscription_id: GUID,
        tenant_id: GUID,
      });
    });

    test('and may be values that Terraform has yet to compute', () => {
      const stack = emptyStack();
      new AzureProviders(stack, 'Providers', { subscriptionId: tokenIn(stack) });

      expect(new Rendered(stack).json.provider.azurerm[0].subscription_id).toBe('${var.Any}');
    });
  });

  describe('environments', () => {
    test.each(ENVIRONMENTS)('$name', (environment) => {
      const disposable = [Environment.DEV, Environment.TEST].includes(environment);
      const [features] = providerOf({ environment }).features;

      const purges = Object.entries({ ...features.key_vault[0], ...features.log_analytics_workspace[0] })
        .filter(([name]) => /purge|permanently/.test(name))
        .map(([, value]) => value);
      expect(purges).toEqual(Array(7).fill(disposable));
      expect(features.cognitive_account).toEqual([{ purge_soft_delete_on_destroy: disposable }]);
      expect(features.resource_group).toEqual([{ prevent_deletion_if_contains_resources: !disposable }]);
      expect(features.key_vault[0].recover_soft_deleted_key_vaults).toBe(true);
      expect(features.subscription).toEqual([{ prevent_cancellation_on_destroy: true }]);
    });
  });

  describe('resource providers', () => {
    function registeredWith(props: AzureProvidersProps, define: (stack: TerraformStack) => void) {
      const stack = emptyStack();
      new AzureProviders(stack, 'Providers', props);
      define(stack);
      return new Rendered(stack).json.provider.azurerm[0].resource_providers_to_register;
    }

    const apps = (stack: TerraformStack) => {
      const where = { resourceGroupName: 'rg', location: 'westeurope' };
      new LinuxWebApp(stack, 'App', { ...where, name: 'app', servicePlanId: 'plan', siteConfig: {} });
      new StorageAccount(new Construct(stack, 'Deep'), 'Account', {
        ...where,
        name: 'acme',
        accountTier: 'Standard',
        accountReplicationType: 'LRS',
      });
    };

    test('are those that the stack needs, also for what comes later', () => {
      expect(registeredWith({ registerResourceProviders: true }, apps)).toEqual(['Microsoft.Storage', 'Microsoft.Web']);
    });

    test('are none unless that is asked for', () => {
      expect(registeredWith({}, apps)).toBeUndefined();
      expect(registeredWith({ registerResourceProviders: false }, apps)).toBeUndefined();
    });

    test.each([
      [['azurerm_linux_web_app', 'azurerm_linux_web_app_slot', 'azurerm_service_plan'], ['Microsoft.Web']],
      [[MonitorWorkspace.tfResourceType], ['Microsoft.Monitor']],
      [['azurerm_monitor_metric_alert'], ['Microsoft.Insights']],
      [['azurerm_monitor_alert_processing_rule_suppression'], ['Microsoft.AlertsManagement']],
      [
        ['azurerm_logic_app_workflow', 'azurerm_logic_app_standard'],
        ['Microsoft.Logic', 'Microsoft.Web'],
      ],
      [
        ['azurerm_storage_account', 'azurerm_storage_sync'],
        ['Microsoft.Storage', 'Microsoft.StorageSync'],
      ],
      [['azurerm_resource_group', 'azurerm_management_lock', 'azurerm_role_assignment', 'random_password'], []],
      [['azurerm_consumption_budget_subscription', 'azurerm_cost_anomaly_alert'], []],
    ])('of %p are %p', (types, namespaces) => {
      expect(namespacesOf(types)).toEqual(namespaces);
    });
  });

  describe('fails', () => {
    test('with ids that are none, both at once', () => {
      expect(() => providerOf({ subscriptionId: 'production', tenantId: '' })).toThrow(
        new Error(
          `stack/Providers: 'subscriptionId' must be a GUID, got "production"; 'tenantId' must be a GUID, got ""`,
        ),
      );
    });

    test('beside another azurerm provider without an alias', () => {
      const stack = emptyStack();
      new AzureProviders(stack, 'Providers');

      expect(() => new AzureProviders(stack, 'More')).toThrow(
        new Error(
          `stack/More: the stack "stack" has an azurerm provider already; give the other one an 'alias', or leave it out`,
        ),
      );
    });

    test('but not beside one that has', () => {
      const stack = emptyStack();
      new AzurermProvider(stack, 'hub', { features: [{}], alias: 'hub', subscriptionId: GUID });

      expect(() => new AzureProviders(stack, 'Providers')).not.toThrow();
    });
  });

  describe('escape hatch', () => {
    test('is the provider, typed', () => {
      const stack = emptyStack();
      const { azurerm } = new AzureProviders(stack, 'Providers').resources;

      azurerm.useCli = false;

      expect(new Rendered(stack).json.provider.azurerm[0].use_cli).toBe(false);
    });
  });
});

describe('AzureState', () => {
  const PROPS: AzureStateProps = { environment: Environment.PROD, storageAccountName: 'acmestate' };
  const stateIn = (stack: TerraformStack, props: Partial<AzureStateProps> = {}) =>
    new AzureState(stack, 'State', { ...PROPS, ...props });

  describe('defaults', () => {
    test('are Entra and one key per environment and stack', () => {
      const stack = emptyStack('billing-prod');
      const { key } = stateIn(stack);

      expect(key).toBe('prod/billing-prod.tfstate');
      expect(JSON.parse(Testing.synth(stack)).terraform.backend).toEqual({
        azurerm: {
          storage_account_name: 'acmestate',
          container_name: 'tfstate',
          key: 'prod/billing-prod.tfstate',
          use_azuread_auth: true,
        },
      });
    });

    test('container and directory can be said', () => {
      const stack = emptyStack();
      const { backend } = stateIn(stack, { containerName: 'billing', tenantId: GUID }).resources;

      expect(backend.toTerraform().terraform.backend.azurerm).toMatchObject({
        container_name: 'billing',
        tenant_id: GUID,
      });
    });

    test('stacks and environments of a program never share a key', () => {
      const app = Testing.app();
      const keys = ['one', 'two'].flatMap((name) =>
        [Environment.DEV, Environment.PROD].map(
          (environment) => stateIn(new TerraformStack(app, `${name}-${environment.name}`), { environment }).key,
        ),
      );
      const nested = stateIn(new TerraformStack(new Construct(app, 'Group'), 'one-dev'), {
        environment: Environment.DEV,
      }).key;

      expect(new Set([...keys, nested]).size).toBe(5);
      expect(() => new TerraformStack(app, 'one-dev')).toThrow("There is already a Construct with name 'one-dev'");
    });
  });

  describe('fails', () => {
    test('with everything that is wrong at once', () => {
      expect(() =>
        stateIn(emptyStack(), { storageAccountName: 'Acme-State', containerName: 'tf--state', tenantId: 'acme' }),
      ).toThrow(
        new Error(
          `stack/State: 'storageAccountName' must be 3 to 24 lower-case letters or digits, got "Acme-State"; 'containerName' must be 3 to 63 lower-case letters, digits, or single hyphens between them, got "tf--state"; 'tenantId' must be a GUID, got "acme"`,
        ),
      );
    });

    test('with values that Terraform has yet to compute', () => {
      const stack = emptyStack();
      const any = tokenIn(stack);
      const why =
        'must be a literal, because Terraform reads the backend before it computes anything; got a value that Terraform has yet to compute';

      expect(() => stateIn(stack, { storageAccountName: any, containerName: `x-${any}`, tenantId: any })).toThrow(
        new Error(`stack/State: 'storageAccountName' ${why}; 'containerName' ${why}; 'tenantId' ${why}`),
      );
    });

    test('beside another backend', () => {
      const stack = emptyStack();
      new LocalBackend(stack);

      expect(() => stateIn(stack)).toThrow(
        new Error('stack/State: the stack "stack" has a backend already; a state lives in one place'),
      );
    });
  });
});

describe('utility providers', () => {
  test('are defined once, whoever asks', () => {
    const stack = emptyStack();
    new AzureProviders(stack, 'Providers');
    const workload = workloadOn(stack, 'Billing');
    for (const scope of [workload, stack, new Construct(workload, 'Part')]) {
      ensureTimeProvider(scope);
      ensureRandomProvider(scope);
    }

    expect(new Rendered(stack).json.provider).toMatchObject({ time: [{}], random: [{}] });
  });

  test('that are there already are used, those with an alias are not', () => {
    const stack = emptyStack();
    new TimeProvider(new Construct(stack, 'Deep'), 'mine', {});
    new RandomProvider(stack, 'other', { alias: 'other' });

    ensureTimeProvider(stack);
    ensureRandomProvider(stack);

    const { time, random } = new Rendered(stack).json.provider;
    expect(time).toEqual([{}]);
    expect(random).toEqual([{ alias: 'other' }, {}]);
  });
});

import { LinuxWebApp } from '@cdktf/provider-azurerm/lib/linux-web-app';
import { MonitorWorkspace } from '@cdktf/provider-azurerm/lib/monitor-workspace';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { RandomProvider } from '@cdktf/provider-random/lib/provider';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { AzureProviders, AzureProvidersProps, Environment } from '../../src';
import { namespacesOf } from '../../src/core/resource-providers';
import { ensureRandomProvider, ensureTimeProvider } from '../../src/core/utility-providers';
import { ENVIRONMENTS, Rendered, workloadOn } from '../support';
import { emptyStack, GUID, problemsOf, tokenIn } from './provider-fixtures';

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

    test('with another environment than that of a workload in the stack, whichever comes first', () => {
      const stack = emptyStack();
      workloadOn(stack, 'Early', { environment: Environment.PROD });
      new AzureProviders(stack, 'Providers', { environment: Environment.DEV });
      workloadOn(stack, 'Late', { environment: Environment.TEST });
      workloadOn(stack, 'Fine', { environment: Environment.DEV });

      expect(problemsOf(stack)).toEqual([
        "[stack/Providers] 'environment' must be prod as that of stack/Early is, got dev, which says what 'terraform destroy' leaves recoverable; give workloads of other environments stacks of their own",
        "[stack/Providers] 'environment' must be test as that of stack/Late is, got dev, which says what 'terraform destroy' leaves recoverable; give workloads of other environments stacks of their own",
      ]);
    });

    test.each([undefined, Environment.PROD])('but not where it says nothing else: %p', (environment) => {
      const stack = emptyStack();
      new AzureProviders(stack, 'Providers', { environment });
      workloadOn(stack, 'Billing', { environment: Environment.PROD });

      expect(problemsOf(stack)).toEqual([]);
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

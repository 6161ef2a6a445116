import { AzurermProvider, AzurermProviderFeatures } from '@cdktf/provider-azurerm/lib/provider';
import { Lazy, TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { anEnvironment } from './collaborators';
import { Environment } from './environment';
import { checkKinds, Kinds } from './kinds';
import { refuseOthers } from './one-environment';
import { namespacesOf } from './resource-providers';
import { isDefaultProvider } from './utility-providers';
import { guidProblem, rejectIf, shown } from './validation';

const KINDS: Kinds<AzureProvidersProps> = { 'environment?': anEnvironment };

/**
 * Properties for `AzureProviders`.
 */
export interface AzureProvidersProps {
  /**
   * Subscription to deploy to, a GUID.
   *
   * @default - what the environment variable `ARM_SUBSCRIPTION_ID` says when Terraform runs
   */
  readonly subscriptionId?: string;

  /**
   * Directory of that subscription, a GUID.
   *
   * @default - what the environment variable `ARM_TENANT_ID` says when Terraform runs
   */
  readonly tenantId?: string;

  /**
   * Environment of the stack. Where it does not ask for purge protection, `terraform destroy` purges soft-deleted vaults and
   * the like, so that a throw-away stack can be created again under the same names; one with a `BackupVault` that holds backups
   * takes its step `EmptyVault` first.
   *
   * @default - what is destroyed stays recoverable
   */
  readonly environment?: Environment;

  /**
   * Registers the resource providers that the resources of the stack need in the subscription, and no others. Those of rare
   * services that this library never builds are not known; add them through `resources`.
   *
   * Takes an identity that may do that on the subscription. Azure answers `MissingSubscriptionRegistration` where a
   * provider was never registered.
   *
   * @default false
   */
  readonly registerResourceProviders?: boolean;
}

/**
 * The Terraform resources behind `AzureProviders`.
 */
export interface AzureProvidersResources {
  /** The azurerm provider. */
  readonly azurerm: AzurermProvider;
}

/**
 * The azurerm provider of a stack, with the features that protect: nothing is purged, storage is reached through Entra,
 * resource groups that still hold something are not deleted, no resource provider is registered behind your back.
 *
 * Takes no secret: it signs in by workload identity federation in pipelines, and with the Azure CLI at a desk.
 */
export class AzureProviders extends Construct {
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: AzureProvidersResources;

  constructor(scope: Construct, id: string, props: AzureProvidersProps = {}) {
    super(scope, id);
    checkKinds(this, props, KINDS);
    const stack = TerraformStack.of(this);
    rejectIf(
      this,
      guidProblem('subscriptionId', props.subscriptionId),
      guidProblem('tenantId', props.tenantId),
      stack.node.findAll().some((x) => isDefaultProvider(x, 'azurerm')) &&
        `the stack ${shown(stack.node.id)} has an azurerm provider already; give the other one an 'alias', or leave it out`,
    );

    const disposable = props.environment !== undefined && !props.environment.profile.purgeProtected;
    const azurerm = new AzurermProvider(stack, 'azurerm', {
      features: [featuresFor(disposable)],
      subscriptionId: props.subscriptionId,
      tenantId: props.tenantId,
      useOidc: true,
      storageUseAzuread: true,
      resourceProviderRegistrations: 'none',
      resourceProvidersToRegister: props.registerResourceProviders
        ? Lazy.listValue({ produce: () => namespacesOf(resourceTypesIn(stack)) })
        : undefined,
    });
    this.resources = { azurerm };
    if (props.environment) {
      refuseOthers(this, props.environment, "says what 'terraform destroy' leaves recoverable");
    }
  }
}

function featuresFor(disposable: boolean): AzurermProviderFeatures {
  return {
    keyVault: [
      {
        purgeSoftDeleteOnDestroy: disposable,
        purgeSoftDeletedCertificatesOnDestroy: disposable,
        purgeSoftDeletedKeysOnDestroy: disposable,
        purgeSoftDeletedSecretsOnDestroy: disposable,
        purgeSoftDeletedHardwareSecurityModulesOnDestroy: disposable,
        purgeSoftDeletedHardwareSecurityModuleKeysOnDestroy: disposable,
        recoverSoftDeletedKeyVaults: true,
        recoverSoftDeletedCertificates: true,
        recoverSoftDeletedKeys: true,
        recoverSoftDeletedSecrets: true,
        recoverSoftDeletedHardwareSecurityModuleKeys: true,
      },
    ],
    apiManagement: [{ purgeSoftDeleteOnDestroy: disposable, recoverSoftDeleted: true }],
    appConfiguration: [{ purgeSoftDeleteOnDestroy: disposable, recoverSoftDeleted: true }],
    // Azure's own smart-detection rule mails people and blocks the deletion of the resource group
    applicationInsights: [{ disableGeneratedRule: true }],
    cognitiveAccount: [{ purgeSoftDeleteOnDestroy: disposable }],
    logAnalyticsWorkspace: [{ permanentlyDeleteOnDestroy: disposable }],
    postgresqlFlexibleServer: [{ restartServerOnConfigurationValueChange: true }],
    resourceGroup: [{ preventDeletionIfContainsResources: !disposable }],
    // Plans of accounts behind a firewall fail when the provider knocks at their data plane
    storage: [{ dataPlaneAvailable: false }],
    // A subscription that leaves the configuration must not be cancelled with everything in it
    subscription: [{ preventCancellationOnDestroy: true }],
  };
}

function resourceTypesIn(stack: TerraformStack): string[] {
  return stack.node
    .findAll()
    .filter(TerraformResource.isTerraformResource)
    .map(({ terraformResourceType }) => terraformResourceType);
}

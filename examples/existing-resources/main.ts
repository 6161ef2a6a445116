// An app in a house that stands already: group, network, vault, plan and identity exist, and plain resources live beside it.
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import {
  AzureProviders,
  Environment,
  ManagedIdentity,
  PlanSku,
  PrivateDns,
  PrivateNetwork,
  SecretVault,
  SecureWebApp,
  WebAppPlan,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-legacy';
const VNET = `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-legacy`;

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `existing-resources-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Crm', {
    name: 'crm',
    environment,
    location: 'northeurope',
    owner: 'team-crm',
    costCenter: '4714',
    organization: 'example.com',
    resourceGroupName: 'rg-legacy',
  });
  const network = PrivateNetwork.fromAttributes(workload, 'Network', {
    virtualNetworkId: VNET,
    appSubnetId: `${VNET}/subnets/apps`,
    endpointSubnetId: `${VNET}/subnets/endpoints`,
    privateDns: PrivateDns.managedByPolicy(),
  });
  const vault = SecretVault.fromVaultId(workload, 'Vault', `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-legacy`);
  const plan = WebAppPlan.fromAttributes(workload, 'Plan', {
    planId: `${GROUP}/providers/Microsoft.Web/serverFarms/asp-legacy`,
    sku: PlanSku.P1V3,
  });
  const identity = ManagedIdentity.fromAttributes(workload, 'Identity', {
    identityId: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-legacy`,
    clientId: '00000000-0000-0000-0000-000000000006',
    principalId: '00000000-0000-0000-0000-000000000007',
  });

  const runtime = WebAppRuntime.dotnet('8.0');
  const crm = new SecureWebApp(workload, 'Web', { network, plan, identity, runtime });
  crm.addSecret('SMTP_PASSWORD', vault.secretNamed('smtp-password'));

  const uploads = new StorageAccount(workload, 'Uploads', {
    name: `stcrmuploads${environment.name}`,
    resourceGroupName: workload.resourceGroupName,
    location: workload.location,
    accountTier: 'Standard',
    accountReplicationType: 'ZRS',
    sharedAccessKeyEnabled: false,
    allowNestedItemsToBePublic: false,
    publicNetworkAccessEnabled: false,
  });
  crm.addSetting('UPLOADS_ENDPOINT', uploads.primaryBlobEndpoint);
}

app.synth();

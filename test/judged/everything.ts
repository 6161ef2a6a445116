import {
  AzureState,
  CertificateIssuer,
  ClientCertificates,
  DatabaseRole,
  EphemeralVariable,
  EvidenceStore,
  ManagedIdentity,
  ManagedPostgres,
  Owner,
  PostgresAdministrator,
  PostgresSku,
  PlanSku,
  Principal,
  PrivateDns,
  PrivateNetwork,
  SecretVault,
  SecureWebApp,
  StateAccount,
  TelemetrySink,
  TenantStorageAccount,
  TrafficDirection,
  WebAppAuthentication,
  WebAppPlan,
  WebAppRuntime,
  Weekday,
  Workload,
} from '../../src';

const GUID = '00000000-0000-0000-0000-000000000001';
const GROUP = `/subscriptions/${GUID}/resourceGroups/rg-shared`;

/** Every construct, as it is when nothing is said. */
export function plain(workload: Workload): void {
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.0.0.0/22' });
  new SecretVault(workload, 'Vault', { network });
  new SecureWebApp(workload, 'Api', { network, runtime: WebAppRuntime.node('22-lts') });
  new WebAppPlan(workload, 'Plan');
  new ManagedIdentity(workload, 'Identity');
  new StateAccount(workload, 'State', { network });
  new ManagedPostgres(workload, 'Database', { network, administrator: administratorIn(workload) });
  new TenantStorageAccount(workload, 'Files', { network, tenants: { acme: {}, globex: {} } });
  new EvidenceStore(workload, 'Evidence', { network, containers: { contracts: {} } });
}

/** Every construct, with every prop that adds something. */
export function loaded(workload: Workload): void {
  const network = loadedNetwork(workload);
  const vault = loadedVault(workload, network);
  const api = loadedApp(workload, network);
  api.addSecret('TOKEN', vault.secretNamed('token'));
  api.addConnection('VAULT', vault);
  vault.grantManageSecrets(Principal.group(workload, 'Officers', GUID));
  loadedDatabase(workload, network, vault, api);

  const state = new StateAccount(workload, 'State', {
    allowedIpRules: ['203.0.113.7', '198.51.100.0/24'],
    storageAccountName: 'stbillingstate',
    recoveryDays: 90,
    versionDays: 700,
    deletionProtection: true,
  });
  state.grantReadWrite(api.identity);
  new AzureState(workload, 'Backend', {
    environment: workload.environment,
    storageAccountName: state.storageAccountName,
  });
}

/** Every construct that can be somebody else's, as somebody else's. */
export function borrowed(workload: Workload): void {
  const network = PrivateNetwork.fromAttributes(workload, 'Network', {
    virtualNetworkId: `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet`,
    appSubnetId: `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/app`,
    endpointSubnetId: `${GROUP}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/endpoints`,
    privateDns: PrivateDns.managedByPolicy(),
  });
  const identity = ManagedIdentity.fromAttributes(workload, 'Identity', {
    identityId: `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`,
    clientId: GUID,
    principalId: GUID,
  });
  const plan = WebAppPlan.fromAttributes(workload, 'Plan', {
    planId: `${GROUP}/providers/Microsoft.Web/serverFarms/asp`,
    sku: PlanSku.P1V3,
  });
  const vault = SecretVault.fromVaultId(workload, 'Vault', `${GROUP}/providers/Microsoft.KeyVault/vaults/kv-shared`);
  const api = new SecureWebApp(workload, 'Api', { network, identity, plan, runtime: WebAppRuntime.php('8.4') });
  api.addSecret('TOKEN', vault.secretNamed('token'));
  SecureWebApp.fromAttributes(workload, 'Other', {
    webAppId: `${GROUP}/providers/Microsoft.Web/sites/other`,
    defaultHostName: 'other.example.com',
    principalId: GUID,
  }).grantDeploy(Principal.user(workload, 'Releaser', GUID));
}

function loadedNetwork(workload: Workload): PrivateNetwork {
  const network = new PrivateNetwork(workload, 'Network', {
    addressSpace: '10.0.0.0/20',
    dedicatedOutbound: true,
    dnsServers: ['10.0.0.132', '10.0.0.133'],
    ddosProtectionPlanId: `${GROUP}/providers/Microsoft.Network/ddosProtectionPlans/ddos`,
  });
  const agents = network.addSubnet('agents', { cidr: '10.0.4.0/24' });
  agents.addRule('monitoring', {
    priority: 200,
    direction: TrafficDirection.OUTBOUND,
    remotes: ['AzureMonitor'],
    ports: ['443'],
  });
  network.peerWith('far', new PrivateNetwork(workload, 'Far', { addressSpace: '10.1.0.0/24' }));
  return network;
}

function loadedVault(workload: Workload, network: PrivateNetwork): SecretVault {
  const vault = new SecretVault(workload, 'Vault', {
    network,
    runnerInNetwork: true,
    deployer: Principal.servicePrincipal(workload, 'Deployer', GUID),
    auditWorkspaceId: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/log`,
    deletionProtection: true,
    tenantId: GUID,
  });
  vault.addGeneratedSecret('password').grantRead(new ManagedIdentity(workload, 'Reader'));
  vault.addSecret('handed-in', { value: new EphemeralVariable(workload, 'HandedIn').value });
  vault.addKey('data');
  vault.addCertificate('internal', { dnsNames: ['api.internal.example.com'], issuer: CertificateIssuer.SELF });
  return vault;
}

function loadedApp(workload: Workload, network: PrivateNetwork): SecureWebApp {
  const api = new SecureWebApp(workload, 'Api', {
    network,
    runtime: WebAppRuntime.container({
      image: 'billing/api:1.4.2',
      registryUrl: 'https://crshared.azurecr.io',
      registryId: `${GROUP}/providers/Microsoft.ContainerRegistry/registries/crshared`,
    }),
    port: 8080,
    sku: PlanSku.P2V3,
    minInstances: 3,
    maxInstances: 9,
    requestsPerInstance: 900,
    schedules: {
      night: {
        days: [Weekday.MONDAY],
        from: '20:00',
        to: '06:00',
        timeZone: 'Europe/Berlin',
        minInstances: 2,
        maxInstances: 3,
      },
    },
    stagingSlot: true,
    imageManagedBy: Owner.PIPELINE,
    settings: { MODE: 'live' },
    stagingSettings: { MODE: 'rehearsal' },
    corsOrigins: ['https://www.example.com'],
    corsCredentials: true,
    sessionAffinity: true,
    webSockets: true,
    clientCertificates: ClientCertificates.OFF,
    authentication: WebAppAuthentication.entraSite({ clientId: GUID, tenantId: GUID, anonymousPaths: ['/public'] }),
    telemetry: TelemetrySink.fromApplicationInsights(workload, 'Telemetry', {
      applicationInsightsId: `${GROUP}/providers/Microsoft.Insights/components/appi`,
      connectionString: 'IngestionEndpoint=https://example.com',
    }),
    startupCommand: 'serve',
    ignoreChanges: ['tags["patched-by"]'],
  });
  api.addDomain('api.example.com');
  api.bindEdge({ frontDoorGuid: GUID, privateLink: false });
  return api;
}

function loadedDatabase(workload: Workload, network: PrivateNetwork, vault: SecretVault, api: SecureWebApp): void {
  const database = new ManagedPostgres(workload, 'Database', {
    network,
    administrator: administratorIn(workload),
    sku: PostgresSku.D4DS_V5,
    extensions: ['vector'],
    parameters: { work_mem: '8192' },
    passwordSecret: vault.addGeneratedSecret('postgres'),
    publicAccess: { addresses: ['203.0.113.7'], reason: 'break-glass from the office' },
    createOnly: { encryption: { key: vault.addKey('database') }, geoRedundantBackup: false },
  });
  database.addDatabase('reports').grantConnect(api.identity, { roles: [DatabaseRole.OWNER] });
  database.addReplica('near');
  api.addConnection('DB', database);
}

function administratorIn(workload: Workload): PostgresAdministrator {
  return { principal: Principal.group(workload, 'Administrators', GUID), principalName: 'administrators' };
}

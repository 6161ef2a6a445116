// A container behind slots: signs people in, scales with its load and less at night, and its pipeline owns the image.
import {
  AzureProviders,
  Environment,
  Owner,
  PrivateNetwork,
  SecureWebApp,
  TelemetrySink,
  WebAppAuthentication,
  WebAppRuntime,
  Weekday,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const WORKDAYS = [Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY];

const app = new App();

for (const environment of [Environment.DEV, Environment.STAGING, Environment.PROD]) {
  const stack = new TerraformStack(app, `secure-web-app-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Orders', {
    name: 'orders',
    environment,
    location: 'West Europe',
    owner: 'team-orders',
    costCenter: '4712',
    organization: 'example.com',
  });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.30.0.0/22' });
  const telemetry = TelemetrySink.fromApplicationInsights(workload, 'Telemetry', {
    applicationInsightsId: `${SUBSCRIPTION}/resourceGroups/rg-shared/providers/Microsoft.Insights/components/appi-shared`,
    connectionString: 'IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/',
  });

  const scales = environment.profile.maxInstances > 1;
  const shop = new SecureWebApp(workload, 'Shop', {
    network,
    telemetry,
    runtime: WebAppRuntime.container({
      image: 'orders/shop:1.4.2',
      registryUrl: 'https://crshared.azurecr.io',
      registryId: `${SUBSCRIPTION}/resourceGroups/rg-shared/providers/Microsoft.ContainerRegistry/registries/crshared`,
    }),
    port: 3000,
    imageManagedBy: Owner.PIPELINE,
    authentication: WebAppAuthentication.entraSite({
      clientId: '00000000-0000-0000-0000-000000000002',
      tenantId: '00000000-0000-0000-0000-000000000003',
    }),
    corsOrigins: ['https://www.example.com'],
    settings: { FEATURE_SET: 'stable' },
    stagingSettings: { FEATURE_SET: 'preview' },
    requestsPerInstance: 600,
    schedules: scales
      ? {
          night: {
            days: WORKDAYS,
            from: '20:00',
            to: '06:00',
            timeZone: 'Europe/Berlin',
            minInstances: 2,
            maxInstances: 4,
          },
        }
      : undefined,
  });
  shop.addDomain(`shop-${environment.name}.example.com`);
}

app.synth();

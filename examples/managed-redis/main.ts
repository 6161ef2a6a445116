// A cache that an app reads and writes under its own identity, and a second one abroad that has the same data.
import {
  AzureProviders,
  Environment,
  Geography,
  ManagedIdentity,
  ManagedRedis,
  PrivateNetwork,
  RedisEvictionPolicy,
  RedisSku,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `managed-redis-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Shop', {
    name: 'shop',
    environment,
    location: 'germanywestcentral',
    geography: Geography.EUROPEAN_UNION,
    owner: 'team-shop',
    costCenter: '4715',
    organization: 'example.com',
  });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.70.0.0/24' });
  const api = new SecureWebApp(workload, 'Api', { network, runtime: WebAppRuntime.node('22-lts') });
  api.addConnection('CACHE', new ManagedRedis(workload, 'Cache', { network }));

  if (environment.profile.geoRedundant) {
    const sessions = {
      network,
      sku: RedisSku.BALANCED_B10,
      evictionPolicy: RedisEvictionPolicy.NO_EVICTION,
      createOnly: { geoReplicationGroup: 'sessions' },
    };
    const here = new ManagedRedis(workload, 'Sessions', sessions);
    const abroad = new ManagedRedis(workload, 'SessionsAbroad', { ...sessions, location: 'swedencentral' });
    here.addGeoPeer(abroad);
    const worker = new ManagedIdentity(workload, 'Worker');
    [here, abroad].forEach((redis) => redis.grantConnect(worker));
  }
}

app.synth();

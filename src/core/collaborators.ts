import { IConstruct } from 'constructs';
import { IBackupSource } from '../contracts/backup';
import { IConnectionTarget } from '../contracts/connection';
import { IDnsZone } from '../contracts/dns';
import { IEdgeOrigin } from '../contracts/edge';
import { IEncryptionKey } from '../contracts/encryption';
import { IGeneratedSecret } from '../contracts/generated-secret';
import { IMonitored, IWatcher } from '../contracts/monitoring';
import { IPrivateNetwork } from '../contracts/network';
import { IPrincipal } from '../contracts/principal';
import { ISecret } from '../contracts/secret';
import { ITelemetrySink } from '../contracts/telemetry';
import { Environment } from './environment';
import { aBearerOf } from './kinds';

/** What constructs take from each other, as kinds of values: those of contracts, and environments. */
export const aConstruct = aBearerOf<IConstruct>('a construct', 'node');
export const anEnvironment = aBearerOf<Environment>(
  "an Environment, e.g. the class's constant PROD",
  'name',
  'profile',
);
export const aNetwork = aBearerOf<IPrivateNetwork>('a network, e.g. a PrivateNetwork', 'bindPrivateDns');
export const aPrincipal = aBearerOf<IPrincipal>(
  'a principal, e.g. a ManagedIdentity or Principal.group(…)',
  'principalId',
  'principalType',
);
export const aSecret = aBearerOf<ISecret>("a secret, e.g. secretNamed('…') of a SecretVault", 'bindReader');
export const aGeneratedSecret = aBearerOf<IGeneratedSecret>(
  "a generated secret, e.g. addGeneratedSecret('…') of a SecretVault",
  'bindWriteOnly',
);
export const anEncryptionKey = aBearerOf<IEncryptionKey>("a key, e.g. addKey('…') of a SecretVault", 'bindEncrypter');
export const aConnectionTarget = aBearerOf<IConnectionTarget>(
  'something that takes connections, e.g. a ManagedPostgres',
  'bindClient',
);
export const anEdgeOrigin = aBearerOf<IEdgeOrigin>('something that an edge serves, e.g. a SecureWebApp', 'bindEdge');
export const aBackupSource = aBearerOf<IBackupSource>(
  'something that can be backed up, e.g. a ManagedPostgres or a TenantStorageAccount',
  'bindBackup',
);
export const aTelemetrySink = aBearerOf<ITelemetrySink>('a telemetry sink, e.g. an ObservabilityStack', 'bindSender');
export const aMonitored = aBearerOf<IMonitored>(
  'something that can be monitored, e.g. a SecureWebApp',
  'toMonitoringTarget',
);
export const aWatcher = aBearerOf<IWatcher>('a watcher, e.g. an ObservabilityStack', 'monitor');
export const aDnsZone = aBearerOf<IDnsZone>('a DNS zone, e.g. a DnsZone', 'zoneName', 'addRecord');

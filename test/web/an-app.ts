import { Construct } from 'constructs';
import {
  ConnectionConfig,
  Grant,
  IConnectionTarget,
  IPrincipal,
  ISecret,
  SecretReference,
  SecureWebApp,
  SecureWebAppProps,
  WebAppRuntime,
  Workload,
} from '../../src';
import { networkIn, Rendered } from '../support';

export const runtime = WebAppRuntime.node('22-lts');
export const GUID = '00000000-0000-0000-0000-000000000001';

export const appIn = (workload: Workload, props: Partial<SecureWebAppProps> = {}) =>
  new SecureWebApp(workload, 'Api', { runtime, network: networkIn(workload), ...props });

export const site = (workload: Workload) => new Rendered(workload).only('azurerm_linux_web_app');
export const slot = (workload: Workload) => new Rendered(workload).only('azurerm_linux_web_app_slot');

/** Stands for a database or a vault in this file. */
export class Target extends Construct implements IConnectionTarget, ISecret {
  public bindClient(client: IPrincipal): ConnectionConfig {
    Grant.once(this, { grantee: client, role: 'Reader', resourceId: '/subscriptions/0/target' });
    return { settings: { HOST: 'target.example.com' } };
  }

  public bindReader(reader: IPrincipal): SecretReference {
    Grant.once(this, { grantee: reader, role: 'Key Vault Secrets User', resourceId: '/subscriptions/0/secret' });
    return { secretUri: 'https://kv.vault.azure.net/secrets/token' };
  }
}

import { Construct } from 'constructs';
import {
  EncryptionKeyReference,
  Environment,
  Grant,
  IEncryptionKey,
  IPrincipal,
  ManagedPostgres,
  ManagedPostgresProps,
  Principal,
  Workload,
  WorkloadProps,
} from '../../src';
import { networkIn, Rendered, workloadIn } from '../support';

export const SERVER = 'azurerm_postgresql_flexible_server';
export const PARAMETER = `${SERVER}_configuration`;
export const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers';
export const SERVER_ID = `${GROUP}/Microsoft.DBforPostgreSQL/flexibleServers/psql-shared`;

/** A key in somebody's vault. */
class Key extends Construct implements IEncryptionKey {
  public bindEncrypter(grantee: IPrincipal): EncryptionKeyReference {
    const keyUri = `https://kv-${this.node.id.toLowerCase()}.vault.azure.net/keys/data`;
    const resourceId = `${GROUP}/Microsoft.KeyVault/vaults/kv/keys/data`;
    Grant.once(this, { grantee, role: 'Key Vault Crypto Service Encryption User', resourceId });
    return { keyUri, keyVersionUri: `${keyUri}/1` };
  }
}

export function keyIn(workload: Workload, id: string = 'Key'): IEncryptionKey {
  return new Key(workload, id);
}

/** What every server needs. */
export function required(workload: Workload): ManagedPostgresProps {
  const there = workload.node.tryFindChild('Dbas') as Principal | undefined;
  const principal = there ?? Principal.group(workload, 'Dbas', '00000000-0000-0000-0000-000000000009');
  const network = Object.assign(networkIn(workload), { location: workload.location });
  return { network, administrator: { principal, principalName: 'dbas' } };
}

export type Choices = Partial<ManagedPostgresProps>;

/** A server on an otherwise empty workload. */
export function postgresIn(environment: Environment, choices: Choices = {}, props: Partial<WorkloadProps> = {}) {
  const workload = workloadIn(environment, props);
  return { workload, postgres: new ManagedPostgres(workload, 'Database', { ...required(workload), ...choices }) };
}

/** The parameters of the only server there is. */
export function parametersIn(rendered: Rendered): { [name: string]: string } {
  return Object.fromEntries(rendered.all(PARAMETER).map(({ name, value }) => [name, value]));
}

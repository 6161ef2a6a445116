import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { isComputed, resolvedIn, shown } from '../core/validation';
import { DOMAIN } from './postgres-network';

/** A server as Terraform gets it, as far as Azure has an opinion. */
interface RenderedServer {
  readonly authentication?: {
    active_directory_auth_enabled?: boolean;
    password_auth_enabled?: boolean;
    tenant_id?: string;
  };
  readonly backup_retention_days?: number;
  readonly create_mode?: string;
  readonly customer_managed_key?: {
    geo_backup_key_vault_key_id?: string;
    geo_backup_user_assigned_identity_id?: string;
  };
  readonly delegated_subnet_id?: string;
  readonly geo_redundant_backup_enabled?: boolean;
  readonly high_availability?: { mode?: string; standby_availability_zone?: string };
  readonly private_dns_zone_id?: string;
  readonly public_network_access_enabled?: boolean;
  readonly sku_name?: string;
  readonly replication_role?: string;
  readonly storage_tier?: string;
  readonly zone?: string;
}

/**
 * What Azure would refuse in the middle of an apply, whoever wrote it: the last look at a server, escape hatches included.
 */
export function serverOversights(server: PostgresqlFlexibleServer): string[] {
  const rendered = resolvedIn(server, server.toTerraform()) as {
    resource: { [type: string]: { [id: string]: RenderedServer } };
  };
  const found = rendered.resource[server.terraformResourceType][server.friendlyUniqueId];
  return [...problemsOfAny(found), ...(isReplica(found) ? problemsOfReplica(found) : problemsOfPrimary(found))]
    .filter((problem) => problem !== false)
    .map((problem) => `${server.node.path}: ${problem}`);
}

/** One that was promoted is a server like any other. */
function isReplica({ create_mode: mode, replication_role: role }: RenderedServer): boolean {
  return mode === 'Replica' && role === undefined;
}

function problemsOfAny(server: RenderedServer): Array<string | false> {
  const { high_availability: standby, zone, delegated_subnet_id: subnet, private_dns_zone_id: zoneId } = server;
  const zoneName = zoneId === undefined || isComputed(zoneId) ? undefined : zoneId.split('/').pop();
  return [
    standby !== undefined &&
      (server.sku_name ?? '').startsWith('B_') &&
      `a burstable size takes no 'high_availability', got ${server.sku_name}; take a general-purpose size, or no standby`,
    standby?.standby_availability_zone !== undefined &&
      standby.standby_availability_zone === zone &&
      `'high_availability' must have another zone than the server, got ${shown(zone)} for both`,
    subnet !== undefined &&
      server.public_network_access_enabled !== false &&
      "'public_network_access_enabled' must be false with a 'delegated_subnet_id', which closes the public endpoint for good",
    zoneName !== undefined &&
      !zoneName.toLowerCase().endsWith(`.${DOMAIN}`) &&
      `'private_dns_zone_id' must name a zone that ends in .${DOMAIN}, got ${shown(zoneName)}`,
    server.storage_tier !== undefined &&
      "'storage_tier' must be left out: a disk that has grown by itself no longer has it, and every plan fails then",
  ];
}

function problemsOfPrimary(server: RenderedServer): Array<string | false> {
  const { authentication, customer_managed_key: keys } = server;
  const entra = authentication?.active_directory_auth_enabled === true;
  return [
    server.geo_redundant_backup_enabled === true &&
      keys !== undefined &&
      (keys.geo_backup_key_vault_key_id === undefined || keys.geo_backup_user_assigned_identity_id === undefined) &&
      "'customer_managed_key' must have 'geo_backup_key_vault_key_id' and 'geo_backup_user_assigned_identity_id' where backups are geo-redundant",
    !entra &&
      authentication?.password_auth_enabled === false &&
      "'authentication' must leave one way to sign in, got none; keep 'active_directory_auth_enabled' at true",
    entra &&
      authentication?.tenant_id === undefined &&
      "'authentication' must have the 'tenant_id' of the directory that identities come from",
  ];
}

function problemsOfReplica(server: RenderedServer): Array<string | false> {
  return [
    server.high_availability !== undefined &&
      "a replica takes no 'high_availability'; give it one once it is a server of its own",
    (server.backup_retention_days !== undefined || server.geo_redundant_backup_enabled === true) &&
      "a replica takes neither 'backup_retention_days' nor 'geo_redundant_backup_enabled': backups are taken of its primary",
  ];
}

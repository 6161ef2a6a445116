import { OwnRule } from '../family';
import { API_RULES } from './api-rules';
import { CLUSTER_RULES, REGISTRY_RULES } from './cluster-rules';
import { POSTGRES_RULES, REDIS_RULES } from './database-rules';
import { DNS_RULES, EDGE_RULES, EMAIL_RULES } from './edge-rules';
import { CONFIGURATION_RULES, GOVERNANCE_RULES } from './governance-rules';
import { NETWORK_RULES } from './network-rules';
import { BACKUP_RULES, OBSERVABILITY_RULES } from './observability-rules';
import { STORAGE_RULES } from './storage-rules';
import { VAULT_RULES } from './vault-rules';
import { STATIC_SITE_RULES, WEB_RULES } from './web-rules';
import { WORKLOAD_RULES } from './workload-rules';

/** The rules of this library by what they are about, in the order of the catalogue. */
export const FAMILIES: { [title: string]: OwnRule[] } = {
  'Web apps': WEB_RULES,
  'Static sites': STATIC_SITE_RULES,
  PostgreSQL: POSTGRES_RULES,
  Redis: REDIS_RULES,
  Storage: STORAGE_RULES,
  'Key vaults': VAULT_RULES,
  Networks: NETWORK_RULES,
  'Front Door': EDGE_RULES,
  DNS: DNS_RULES,
  'E-mail': EMAIL_RULES,
  'Kubernetes clusters': CLUSTER_RULES,
  'Container registries': REGISTRY_RULES,
  'Kubernetes workloads': WORKLOAD_RULES,
  'App Configuration': CONFIGURATION_RULES,
  'API Management': API_RULES,
  'Backup vaults': BACKUP_RULES,
  'Observability and budgets': OBSERVABILITY_RULES,
  'Access and governance': GOVERNANCE_RULES,
};

/** Every rule of this library. */
export const ALL_RULES: OwnRule[] = Object.values(FAMILIES).flat();

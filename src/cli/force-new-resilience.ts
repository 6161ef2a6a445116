import type { ForceNew } from './force-new';
import { isSwitchedOff, isTakenAway, wasAlwaysOn, wasLocked } from './force-new-conditions';

/** Of vaults, their policies and what they back up; read like the others. */
export const RESILIENCE: { readonly [type: string]: ForceNew } = {
  azurerm_data_protection_backup_instance_blob_storage: {
    always: ['location', 'name', 'storage_account_id', 'vault_id'],
    when: { storage_account_container_names: isTakenAway },
  },
  azurerm_data_protection_backup_instance_disk: {
    always: ['disk_id', 'location', 'name', 'snapshot_resource_group_name', 'snapshot_subscription_id', 'vault_id'],
  },
  azurerm_data_protection_backup_instance_postgresql_flexible_server: {
    always: ['location', 'name', 'server_id', 'vault_id'],
  },
  azurerm_data_protection_backup_policy_blob_storage: {
    always: [
      'backup_repeating_time_intervals',
      'name',
      'operational_default_retention_duration',
      'retention_rule',
      'time_zone',
      'vault_default_retention_duration',
      'vault_id',
    ],
  },
  azurerm_data_protection_backup_policy_disk: {
    always: [
      'backup_repeating_time_intervals',
      'default_retention_duration',
      'name',
      'retention_rule',
      'time_zone',
      'vault_id',
    ],
  },
  azurerm_data_protection_backup_policy_postgresql_flexible_server: {
    always: [
      'backup_repeating_time_intervals',
      'default_retention_rule',
      'name',
      'retention_rule',
      'time_zone',
      'vault_id',
    ],
  },
  azurerm_data_protection_backup_vault: {
    always: ['datastore_type', 'location', 'name', 'redundancy', 'resource_group_name'],
    when: {
      cross_region_restore_enabled: isSwitchedOff,
      immutability: wasLocked,
      soft_delete: wasAlwaysOn,
    },
  },
};

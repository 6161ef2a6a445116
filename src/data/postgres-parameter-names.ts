/**
 * Server parameters of PostgreSQL 15 to 18 that Azure lets users change, those of extensions aside.
 *
 * Sources: `pg_settings` of PostgreSQL 15, the release notes of 16 to 18, and Azure's lists, of which the read-only ones are left
 * out (learn.microsoft.com/azure/postgresql/server-parameters, 2026).
 */
const NAMES = `
  application_name archive_timeout array_nulls autovacuum autovacuum_analyze_scale_factor autovacuum_analyze_threshold
  autovacuum_freeze_max_age autovacuum_max_workers autovacuum_multixact_freeze_max_age autovacuum_naptime
  autovacuum_vacuum_cost_delay autovacuum_vacuum_cost_limit autovacuum_vacuum_insert_scale_factor
  autovacuum_vacuum_insert_threshold autovacuum_vacuum_max_threshold autovacuum_vacuum_scale_factor
  autovacuum_vacuum_threshold autovacuum_work_mem autovacuum_worker_slots backend_flush_after backslash_quote
  backtrace_functions bgwriter_delay bgwriter_flush_after bgwriter_lru_maxpages bgwriter_lru_multiplier bytea_output
  check_function_bodies checkpoint_completion_target checkpoint_flush_after checkpoint_timeout checkpoint_warning
  client_connection_check_interval client_encoding client_min_messages commit_delay commit_siblings compute_query_id
  constraint_exclusion cpu_index_tuple_cost cpu_operator_cost cpu_tuple_cost createrole_self_grant
  cursor_tuple_fraction DateStyle deadlock_timeout debug_parallel_query debug_pretty_print debug_print_parse
  debug_print_plan debug_print_rewritten default_statistics_target default_table_access_method default_tablespace
  default_text_search_config default_toast_compression default_transaction_deferrable default_transaction_isolation
  default_transaction_read_only effective_cache_size effective_io_concurrency enable_async_append enable_bitmapscan
  enable_distinct_reordering enable_gathermerge enable_group_by_reordering enable_hashagg enable_hashjoin
  enable_incremental_sort enable_indexonlyscan enable_indexscan enable_material enable_memoize enable_mergejoin
  enable_nestloop enable_parallel_append enable_parallel_hash enable_partition_pruning enable_partitionwise_aggregate
  enable_partitionwise_join enable_presorted_aggregate enable_self_join_elimination enable_seqscan enable_sort
  enable_tidscan escape_string_warning event_triggers extension_control_path extra_float_digits file_copy_method
  force_parallel_mode from_collapse_limit geqo geqo_effort geqo_generations geqo_pool_size geqo_seed
  geqo_selection_bias geqo_threshold gin_fuzzy_search_limit gin_pending_list_limit hash_mem_multiplier
  hot_standby_feedback huge_pages icu_validation_level idle_in_transaction_session_timeout
  idle_replication_slot_timeout idle_session_timeout IntervalStyle io_combine_limit io_max_combine_limit
  io_max_concurrency io_method io_workers jit jit_above_cost jit_inline_above_cost jit_optimize_above_cost
  join_collapse_limit lc_messages lc_monetary lc_numeric lc_time lock_timeout log_autovacuum_min_duration
  log_checkpoints log_connections log_disconnections log_duration log_error_verbosity log_hostname log_line_prefix
  log_lock_failures log_lock_waits log_min_duration_sample log_min_duration_statement log_min_error_statement
  log_min_messages log_parameter_max_length log_parameter_max_length_on_error log_recovery_conflict_waits
  log_startup_progress_interval log_statement log_statement_sample_rate log_temp_files log_transaction_sample_rate
  logical_decoding_work_mem maintenance_io_concurrency maintenance_work_mem max_active_replication_origins
  max_connections max_files_per_process max_locks_per_transaction max_logical_replication_workers
  max_notify_queue_pages max_parallel_apply_workers_per_subscription max_parallel_maintenance_workers
  max_parallel_workers max_parallel_workers_per_gather max_pred_locks_per_page max_pred_locks_per_relation
  max_pred_locks_per_transaction max_prepared_transactions max_replication_slots max_slot_wal_keep_size
  max_standby_archive_delay max_standby_streaming_delay max_sync_workers_per_subscription max_wal_senders max_wal_size
  max_worker_processes md5_password_warnings min_parallel_index_scan_size min_parallel_table_scan_size min_wal_size
  multixact_member_buffers multixact_offset_buffers notify_buffers oauth_validator_libraries
  parallel_leader_participation parallel_setup_cost parallel_tuple_cost password_encryption plan_cache_mode
  quote_all_identifiers random_page_cost recovery_prefetch recursive_worktable_factor require_secure_transport
  restrict_nonsystem_relation_kind row_security search_path seq_page_cost serializable_buffers
  session_preload_libraries session_replication_role shared_buffers shared_preload_libraries ssl_max_protocol_version
  ssl_min_protocol_version standard_conforming_strings statement_timeout stats_fetch_consistency
  subtransaction_buffers summarize_wal sync_replication_slots synchronize_seqscans synchronized_standby_slots
  synchronous_commit tcp_keepalives_count tcp_keepalives_idle tcp_keepalives_interval tcp_user_timeout temp_buffers
  temp_file_limit temp_tablespaces TimeZone track_activities track_activity_query_size track_commit_timestamp
  track_cost_delay_timing track_counts track_functions track_io_timing track_wal_io_timing transaction_buffers
  transaction_timeout transform_null_equals vacuum_buffer_usage_limit vacuum_cost_delay vacuum_cost_limit
  vacuum_cost_page_dirty vacuum_cost_page_hit vacuum_cost_page_miss vacuum_failsafe_age vacuum_freeze_min_age
  vacuum_freeze_table_age vacuum_max_eager_freeze_failure_rate vacuum_multixact_failsafe_age
  vacuum_multixact_freeze_min_age vacuum_multixact_freeze_table_age vacuum_truncate wal_buffers wal_compression
  wal_decode_buffer_size wal_keep_size wal_level wal_receiver_status_interval wal_receiver_timeout
  wal_retrieve_retry_interval wal_sender_timeout wal_skip_threshold wal_summary_keep_time wal_writer_delay
  wal_writer_flush_after work_mem xmlbinary xmloption
`;

/** What is before the dot in the parameters of extensions and of Azure's own features. */
const FAMILIES = `
  age anon auto_explain autonomous_tuning azure azure_cdc azure_storage connection_throttle credcheck cron duckdb
  index_tuning intelligent_tuning logfiles login_hook metrics orafce pg_failover_slots pg_hint_plan pg_partman_bgw
  pg_prewarm pg_qs pg_squeeze pg_stat_statements pgaudit pgbouncer pglogical pgms_stats pgms_wait_sampling plv8 postgis
  squeeze timescaledb
`;

const KNOWN_NAMES = new Set(wordsIn(NAMES));
const KNOWN_FAMILIES = new Set(wordsIn(FAMILIES));

/**
 * Whether Azure has a server parameter; of an extension, only the part before the dot is looked at.
 */
export function isKnownParameter(name: string): boolean {
  const [family, ...rest] = name.split('.');
  return rest.length > 0 ? rest.length === 1 && rest[0] !== '' && KNOWN_FAMILIES.has(family) : KNOWN_NAMES.has(name);
}

/** Letters in which a name may differ from one that it was meant to be. */
const MOST_TYPOS = 2;

/** Names that differ from a misspelt one by their underscores, hyphens or case, or by a letter or two; best first. */
export function parametersLike(name: string): string[] {
  const wanted = plain(name);
  return [...KNOWN_NAMES]
    .map((candidate) => [candidate, plain(candidate)])
    .filter(([, letters]) => Math.abs(letters.length - wanted.length) <= MOST_TYPOS)
    .map(([candidate, letters]) => ({ candidate, distance: distanceBetween(letters, wanted) }))
    .filter(({ distance }) => distance <= MOST_TYPOS)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

function wordsIn(text: string): string[] {
  return text.trim().split(/\s+/);
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Letters to add, remove or replace (Levenshtein). */
function distanceBetween(a: string, b: string): number {
  let row = [...b].map((_, column) => column + 1);
  [...a].forEach((letter, line) => {
    let [left, diagonal] = [line + 1, line];
    row = row.map((above, column) => {
      const here = Math.min(left + 1, above + 1, diagonal + (letter === b[column] ? 0 : 1));
      [left, diagonal] = [here, above];
      return here;
    });
  });
  return row[row.length - 1] ?? a.length;
}

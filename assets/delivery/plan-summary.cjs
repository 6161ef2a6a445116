'use strict';
// What a plan does, without a single value of it: only this leaves the job that may read the state.
const { readFileSync, writeFileSync } = require('fs');
const { Failed, Usage, start } = require('./host.cjs');

/** Resources that hold what nobody can make again. */
const HOLDS_DATA = [
  'azurerm_cosmosdb_account',
  'azurerm_data_protection_backup_vault',
  'azurerm_key_vault',
  'azurerm_key_vault_key',
  'azurerm_kubernetes_cluster',
  'azurerm_log_analytics_workspace',
  'azurerm_managed_redis',
  'azurerm_mssql_database',
  'azurerm_mssql_server',
  'azurerm_postgresql_flexible_server',
  'azurerm_postgresql_flexible_server_database',
  'azurerm_recovery_services_vault',
  'azurerm_redis_cache',
  'azurerm_servicebus_namespace',
  'azurerm_storage_account',
  'azurerm_storage_container',
  'azurerm_storage_queue',
  'azurerm_storage_share',
  'azurerm_storage_table',
];

/** In the order of how much they hurt. */
const ACTIONS = ['delete', 'replace', 'update', 'create', 'import', 'move', 'forget'];

/** The one word for what happens to a resource; nothing where nothing does. */
function actionOf({ change, previous_address: from, address }) {
  const { actions = [], importing } = change ?? {};
  if (actions.includes('delete') && actions.includes('create')) {
    return 'replace';
  }
  const [action] = actions;
  if (['delete', 'create', 'update', 'forget'].includes(action)) {
    return action;
  }
  if (importing) {
    return 'import';
  }
  return from !== undefined && from !== address ? 'move' : undefined;
}

/** Names of attributes, as far as a path is known: keys of maps are the user's own words and stay out. */
function attributeOf(path) {
  const names = [];
  for (const step of path) {
    if (typeof step === 'number') {
      continue;
    }
    if (!/^[a-z][a-z0-9_]*$/.test(step) || names.length === 3) {
      break;
    }
    names.push(step);
  }
  return names.slice(0, 3).join('.');
}

/** Top-level attributes that differ; which value they had or get is not told. */
function changedAttributes({ before, after, after_unknown: unknown }) {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...Object.keys(unknown ?? {})]);
  const differs = (name) =>
    unknown?.[name] === true || JSON.stringify(before?.[name] ?? null) !== JSON.stringify(after?.[name] ?? null);
  return [...names].filter(differs).sort();
}

/** What a plan in JSON does, as names. */
function summaryOf(stack, plan) {
  const changes = (plan.resource_changes ?? [])
    .filter(({ mode }) => mode !== 'data')
    .map((resource) => ({ resource, action: actionOf(resource) }))
    .filter(({ action }) => action !== undefined)
    .map(({ resource: { address, type, change }, action }) => ({
      address,
      action,
      ...(action === 'replace' && { because: [...new Set((change.replace_paths ?? []).map(attributeOf))].sort() }),
      ...(action === 'update' && { attributes: changedAttributes(change) }),
      ...(['delete', 'replace'].includes(action) && HOLDS_DATA.includes(type) && { holdsData: true }),
    }));
  changes.sort((a, b) => ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action) || (a.address < b.address ? -1 : 1));
  const counts = Object.fromEntries(
    ACTIONS.map((name) => [name, changes.filter(({ action }) => action === name).length]),
  );
  return { stack, counts, changes };
}

async function main({ inputs, report }) {
  const stack = inputs.required('PLAN_STACK');
  let plan;
  try {
    plan = JSON.parse(readFileSync(inputs.required('PLAN_JSON'), 'utf8'));
  } catch (error) {
    // the text of the error would quote the file
    throw error instanceof Usage ? error : new Usage('PLAN_JSON must name a file that `terraform show -json` wrote');
  }
  const summary = summaryOf(stack, plan);
  writeFileSync(inputs.required('PLAN_OUTPUT'), `${JSON.stringify(summary, null, 2)}\n`);
  const { counts, changes } = summary;
  report.output('changes', String(changes.length));
  report.output('destroys', String(counts.delete + counts.replace));
  report.log(ACTIONS.map((action) => `${counts[action]} ${action}`).join(', '));
  const lost = changes.filter(({ holdsData }) => holdsData).map(({ address }) => address);
  if (lost.length > 0 && inputs.optional('PLAN_PROTECTED') === '1') {
    throw new Failed(`${stack}: the plan destroys what holds data: ${lost.join(', ')}`);
  }
}

module.exports = { ACTIONS, main, summaryOf };

if (require.main === module) {
  start(main);
}

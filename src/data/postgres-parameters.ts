import { PostgresqlFlexibleServerConfiguration } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-configuration';
import { Construct } from 'constructs';
import { hasForm, isComputed, shown } from '../core/validation';
import { ManagedPostgresProps } from './managed-postgres-props';
import { isKnownParameter, parametersLike } from './postgres-parameter-names';
import { PostgresVersion } from './postgres-version';

/** What every server has, in the exact spelling that Azure answers with: Terraform compares letter by letter. */
const BASELINE: Parameters = {
  log_checkpoints: 'on',
  log_connections: 'on',
  log_disconnections: 'on',
  'logfiles.retention_days': '7',
  // who may do what, and what there is; reads and writes would fill the log with data of customers
  'pgaudit.log': 'ddl,role',
  require_secure_transport: 'on',
  ssl_min_protocol_version: 'TLSv1.2',
};

/** What Azure has up to PostgreSQL 17 only: throttling of failed sign-ins, and the metrics of databases, e.g. deadlocks. */
const BASELINE_TO_17: Parameters = {
  'connection_throttle.enable': 'on',
  'metrics.collector_database_activity': 'on',
};

/** For servers that passwords sign in to. */
const BASELINE_OF_PASSWORDS: Parameters = {
  'azure.accepted_password_auth_method': 'scram-sha-256',
  password_encryption: 'scram-sha-256',
};

/** What Azure loads by itself, and what audits. */
const LIBRARIES = ['pg_cron', 'pg_stat_statements', 'pgaudit'];

/** Parameters that have a prop of their own. */
const PROPS: Parameters = {
  'azure.extensions': 'extensions',
  'pgbouncer.enabled': 'pgBouncer',
  shared_preload_libraries: 'preloadLibraries',
};

/** What stays on whatever happens, and how it may still be said. */
const GUARDED: { readonly [name: string]: readonly [form: RegExp, words: string] } = {
  'azure.accepted_password_auth_method': [/^scram-sha-256$/, 'scram-sha-256'],
  'connection_throttle.enable': [/^on$/, 'on'],
  log_connections: [/^(?!off$)/, 'on, or a list of what is logged'],
  log_disconnections: [/^on$/, 'on'],
  'logfiles.retention_days': [/^[4-7]$/, '4 to 7'],
  password_encryption: [/^scram-sha-256$/, 'scram-sha-256'],
  'pgaudit.log': [/^(?!none$)./, 'a list of what is audited'],
  require_secure_transport: [/^on$/, 'on'],
  ssl_max_protocol_version: [/^TLSv1\.[23]$/, 'TLSv1.2 or TLSv1.3'],
  ssl_min_protocol_version: [/^TLSv1\.[23]$/, 'TLSv1.2 or TLSv1.3'],
};

/** Where the libraries are named, which is set before everything that they know. */
const PRELOAD = 'shared_preload_libraries';

/** Values of server parameters, by name. */
export interface Parameters {
  readonly [name: string]: string;
}

/** The parameters of a server, as resources, by name. */
export interface ParameterResources {
  readonly [name: string]: PostgresqlFlexibleServerConfiguration;
}

/**
 * The parameters that a server is given, by name, sorted.
 */
export function parametersOf(props: ManagedPostgresProps, version: PostgresVersion): Parameters {
  const { extensions = [], preloadLibraries = [], pgBouncer = false, passwordSecret, parameters } = props;
  const all = {
    ...BASELINE,
    ...(isBefore18(version) && BASELINE_TO_17),
    ...(passwordSecret && BASELINE_OF_PASSWORDS),
    ...(pgBouncer && { 'pgbouncer.enabled': 'true' }),
    'azure.extensions': listed(['pgaudit', ...extensions]).toUpperCase(),
    [PRELOAD]: listed([...LIBRARIES, ...preloadLibraries]),
    ...parameters,
  };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * What is wrong with the parameters, extensions and libraries that were given, as clauses for `rejectIf()`.
 */
export function parameterProblems(props: ManagedPostgresProps, version: PostgresVersion): Array<string | false> {
  const { extensions = [], preloadLibraries = [], parameters = {} } = props;
  return [
    ...nameProblems('extensions', extensions),
    ...nameProblems('preloadLibraries', preloadLibraries),
    ...Object.entries(parameters).flatMap(([name, value]) => problemsOf(name, value, version)),
  ];
}

/**
 * Defines the parameters of a server. The provider sets one after the other by itself; what is loaded at the start goes first,
 * because Azure refuses parameters of libraries that are not there.
 */
export function defineParameters(scope: Construct, serverId: string, values: Parameters): ParameterResources {
  const define = (name: string, dependsOn?: PostgresqlFlexibleServerConfiguration[]) =>
    new PostgresqlFlexibleServerConfiguration(scope, `Parameter-${name}`, {
      name,
      serverId,
      value: values[name],
      dependsOn,
    });
  const preload = define(PRELOAD);
  const others = Object.keys(values).filter((name) => name !== PRELOAD);
  return {
    [PRELOAD]: preload,
    ...Object.fromEntries(others.map((name) => [name, define(name, [preload])])),
  };
}

function problemsOf(name: string, value: string, version: PostgresVersion): Array<string | false> {
  if (name in PROPS) {
    return [`'parameters' must not have ${shown(name)}, which has a prop of its own: use '${PROPS[name]}'`];
  }
  const similar = parametersLike(name);
  const hint = similar.length > 0 ? `, did you mean ${similar.join(', ')}?` : '';
  const [form, words] = GUARDED[name] ?? [/^/, ''];
  return [
    !isKnownParameter(name) &&
      `'parameters' must have names that Azure lets users change, got ${shown(name)}${hint}; one that this library does not know yet can be defined as a resource of its own`,
    name.startsWith('connection_throttle.') &&
      !isBefore18(version) &&
      `'parameters' must not have ${shown(name)} for PostgreSQL 18, which Azure does not throttle`,
    !hasForm(value, form) &&
      `'parameters' must leave ${name} at ${words}, because it protects the server; got ${shown(value)}`,
    !isComputed(value) &&
      /^(on|off|true|false)$/i.test(value) &&
      value !== value.toLowerCase() &&
      `'parameters' must have switches in lower case, because every plan would change them otherwise; got ${shown(value)} for ${name}`,
  ];
}

function nameProblems(prop: string, names: string[]): Array<string | false> {
  return names.map(
    (name) =>
      (isComputed(name) || !/^[a-z][a-z0-9_-]*$/.test(name)) &&
      `'${prop}' must have names in lower case, literals, got ${shown(name)}`,
  );
}

function isBefore18({ major }: PostgresVersion): boolean {
  return Number(major) < 18;
}

function listed(names: string[]): string {
  return [...new Set(names)].sort().join(',');
}

import { Construct } from 'constructs';
import { isComputed, isText, shown } from '../core/validation';
import type { PostgresAccess } from './postgres-access';
import type { ParameterResources } from './postgres-parameters';

/** Databases that Azure or PostgreSQL keep for themselves. */
const RESERVED = ['azure_maintenance', 'azure_sys', 'postgres', 'template0', 'template1'];

/** A server, as far as its databases need to know it. */
export interface DatabasePlace {
  readonly scope: Construct;
  readonly serverId: string;
  readonly guarded: boolean;
  readonly access: PostgresAccess;
  readonly parameters: ParameterResources;
}

/**
 * What is wrong with the name of a database, as a clause for `rejectIf()`.
 */
export function databaseNameProblem(prop: string, name: string): string | false {
  if (isComputed(name)) {
    return `'${prop}' must be a literal, because addresses and roles are made from it at synthesis; got ${shown(name)}`;
  }
  return (
    (!isText(name, /^[a-z][a-z0-9_-]{0,55}$/) || RESERVED.includes(name)) &&
    `'${prop}' must have 1 to 56 lower-case letters, digits, '_' or '-', a letter first, and be none of ${RESERVED.join(', ')}; got ${shown(name)}`
  );
}

import type { PostgresClient } from './postgres-access';
import { DatabaseRole } from './postgres-role';

const { READER, WRITER, OWNER } = DatabaseRole;

/**
 * What psql runs, as an administrator, so that clients have their roles; running it again changes nothing.
 *
 * Names of users, roles and databases were checked when they were given: they hold nothing that would have to be escaped. Roles
 * that somebody has and should have no longer are left alone, as `GRANT` does.
 */
export function accessScript(clients: PostgresClient[]): string {
  const inOrder = [...clients].sort((a, b) => (a.userName < b.userName ? -1 : 1));
  const databases = [...new Set(inOrder.flatMap(({ databases: roles }) => [...roles.keys()]))].sort();
  return [
    '\\set ON_ERROR_STOP on',
    // the functions that know the directory are in this database only
    '\\connect postgres',
    ...inOrder.flatMap(userStatements),
    ...databases.flatMap((name) => [
      `\\connect "${name}"`,
      ...databaseStatements(name),
      ...inOrder.flatMap((client) => clientStatements(client, name)),
    ]),
    '',
  ].join('\n');
}

/** Makes the user of a client; one whose identity was made anew keeps its name, and is tied to the new one. */
function userStatements({ userName, objectId, objectType }: PostgresClient): string[] {
  return [
    `SELECT pgaadauth_create_principal_with_oid('${userName}', '${objectId}', '${objectType}', false, false) WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${userName}');`,
    `SELECT 'SECURITY LABEL FOR pgaadauth ON ROLE "${userName}" IS ''aadauth,oid=${objectId},type=${objectType}''' FROM pgaadauth_list_principals(false) WHERE rolename = '${userName}' AND objectid <> '${objectId}' \\gexec`,
  ];
}

/** Makes the three roles of a database; what its owner makes is open to the other two from the start. */
function databaseStatements(name: string): string[] {
  const [reader, writer, owner] = [READER, WRITER, OWNER].map((role) => role._nameFor(name));
  const later = `ALTER DEFAULT PRIVILEGES FOR ROLE "${owner}" GRANT`;
  return [
    ...[reader, writer, owner].map(
      (role) =>
        `SELECT 'CREATE ROLE "${role}" NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') \\gexec`,
    ),
    `GRANT "${reader}" TO "${writer}";`,
    // an administrator may not speak for a role that it is no member of
    `GRANT "${owner}" TO CURRENT_USER;`,
    `REVOKE CONNECT, TEMPORARY ON DATABASE "${name}" FROM PUBLIC;`,
    `GRANT CONNECT, TEMPORARY ON DATABASE "${name}" TO "${reader}";`,
    `GRANT CONNECT, TEMPORARY, CREATE ON DATABASE "${name}" TO "${owner}";`,
    `GRANT USAGE ON SCHEMA public TO "${reader}";`,
    `GRANT USAGE, CREATE ON SCHEMA public TO "${owner}";`,
    `${later} USAGE ON SCHEMAS TO "${reader}";`,
    `${later} SELECT ON TABLES TO "${reader}";`,
    `${later} INSERT, UPDATE, DELETE ON TABLES TO "${writer}";`,
    `${later} USAGE ON SEQUENCES TO "${writer}";`,
  ];
}

function clientStatements({ userName, databases }: PostgresClient, name: string): string[] {
  const roles = databases.get(name) ?? new Set();
  const names = [...new Set([...roles].map((role) => role._nameFor(name)))].sort();
  return [
    ...names.map((role) => `GRANT "${role}" TO "${userName}";`),
    ...(roles.has(OWNER)
      ? [`ALTER ROLE "${userName}" IN DATABASE "${name}" SET role TO '${OWNER._nameFor(name)}';`]
      : []),
    // whoever has a role of their own making only
    ...(names.length > 0 && ![READER, WRITER, OWNER].some((role) => roles.has(role))
      ? [`GRANT CONNECT ON DATABASE "${name}" TO "${userName}";`]
      : []),
  ];
}

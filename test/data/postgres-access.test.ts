import { App, TerraformStack } from 'cdktf';
import {
  AzureProviders,
  DatabaseRole,
  Environment,
  ManagedIdentity,
  ManagedPostgres,
  PlanSku,
  Principal,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from '../../src';
import { groupIn, networkIn, Rendered, workloadIn, workloadOn } from '../support';
import { postgresIn, required, SERVER, SERVER_ID } from './postgres-fixtures';

const AT = 'stack/Billing/Database';
const SETTINGS = ['PGDATABASE', 'PGHOST', 'PGPORT', 'PGSSLMODE', 'PGUSER'];

function sqlIn(workload: Workload): string {
  const [output] = Object.values<{ value: string }>(new Rendered(workload).json.output);
  return output.value;
}

describe('grants', () => {
  test('a client gets its roles by SQL, and settings without a secret', () => {
    const { workload, postgres } = postgresIn(Environment.DEV);
    const api = new ManagedIdentity(workload, 'OrdersApi');

    const { userName, databaseName, roleNames, settings } = postgres.grantConnect(api);

    expect({ databaseName, roleNames }).toEqual({ databaseName: 'billing', roleNames: ['billing_writer'] });
    expect(userName).toMatch(/^orders_api_[a-z0-9]{6}$/);
    expect(settings).toEqual({
      PGHOST: postgres.host,
      PGPORT: '5432',
      PGDATABASE: 'billing',
      PGUSER: userName,
      PGSSLMODE: 'verify-full',
    });
    const sql = sqlIn(workload);
    expect(sql).toContain(`pgaadauth_create_principal_with_oid('${userName}', '\${azurerm_user_assigned_identity.`);
    expect(sql).toContain(`GRANT "billing_writer" TO "${userName}";`);
    expect(sql).toContain('REVOKE CONNECT, TEMPORARY ON DATABASE "billing" FROM PUBLIC;');
    expect(sql.split('\n').slice(0, 2)).toEqual(['\\set ON_ERROR_STOP on', '\\connect postgres']);
  });

  test('who runs the statements, and how', () => {
    const { workload, postgres } = postgresIn(Environment.DEV, { serverName: 'orders' });
    expect(postgres.toAccessSteps()).toEqual([]);
    expect(new Rendered(workload).json).not.toHaveProperty('output');

    postgres.grantConnect(groupIn(workload));

    const { output } = new Rendered(workload).json;
    expect(postgres.toAccessSteps()).toMatchObject([
      {
        key: 'GiveAccess',
        commands: [
          "export PGUSER='dbas'",
          expect.stringContaining('az account get-access-token --resource-type oss-rdbms'),
          `terraform output -raw ${Object.keys(output)[0]} | psql "host=orders.postgres.database.azure.com port=5432 dbname=postgres sslmode=verify-full sslrootcert=system"`,
        ],
      },
    ]);
  });

  test('an apostrophe in the name of the administrator stays one', () => {
    const workload = workloadIn(Environment.DEV);
    const administrator = { ...required(workload).administrator, principalName: "the owner's" };
    const postgres = new ManagedPostgres(workload, 'Database', { ...required(workload), administrator });
    postgres.grantConnect(groupIn(workload));

    expect(postgres.toAccessSteps()[0].commands[0]).toBe("export PGUSER='the owner'\\''s'");
  });

  test('twice is once; more roles are added, and a connection takes none away and adds none', () => {
    const { workload, postgres } = postgresIn(Environment.DEV);
    const api = new ManagedIdentity(workload, 'Api');

    const first = postgres.grantConnect(api, { roles: [DatabaseRole.READER] });
    expect(postgres.bindClient(api).settings).toEqual(first.settings);
    expect(postgres.grantConnect(api).roleNames).toEqual(['billing_reader']);
    postgres.grantConnect(api, { roles: [DatabaseRole.named('reporting')] });

    const granted = sqlIn(workload)
      .split('\n')
      .filter((line) => line.endsWith(`TO "${first.userName}";`));
    expect(granted).toEqual([
      `GRANT "billing_reader" TO "${first.userName}";`,
      `GRANT "reporting" TO "${first.userName}";`,
    ]);
  });

  test('what migrations make belongs to the role; a role of their own making may connect', () => {
    const { workload, postgres } = postgresIn(Environment.DEV);
    const { userName } = postgres.grantConnect(new ManagedIdentity(workload, 'Migrations'), {
      roles: [DatabaseRole.OWNER],
    });
    postgres.grantConnect(groupIn(workload), { roles: [DatabaseRole.named('reporting')], userName: 'analysts' });

    const sql = sqlIn(workload);
    expect(sql).toContain(`ALTER ROLE "${userName}" IN DATABASE "billing" SET role TO 'billing_owner';`);
    expect(sql).toContain("('analysts', '00000000-0000-0000-0000-000000000001', 'group', false, false)");
    expect(sql).toContain('GRANT CONNECT ON DATABASE "billing" TO "analysts";');
  });

  test('one user in several databases, whatever the order of definition', () => {
    const [one, other] = [
      ['Api', 'Worker'],
      ['Worker', 'Api'],
    ].map((ids) => {
      const { workload, postgres } = postgresIn(Environment.DEV);
      const reports = postgres.addDatabase('reports');
      for (const id of ids) {
        const identity = new ManagedIdentity(workload, id);
        expect(reports.bindClient(identity).settings).toMatchObject({
          PGDATABASE: 'reports',
          PGUSER: postgres.grantConnect(identity).userName,
        });
      }
      return sqlIn(workload);
    });
    expect(one).toBe(other);
    expect(one.match(/create_principal/g)).toHaveLength(2);
    expect(one.match(/^\\connect "/gm)).toHaveLength(2);
  });

  test('an app is connected under its identity, and named alike in every environment', () => {
    const [one, other] = [Environment.DEV, Environment.PROD].map((environment) => {
      const stack = new TerraformStack(new App(), environment.name);
      new AzureProviders(stack, 'Providers');
      const workload = workloadOn(stack, 'Billing', { environment });
      const postgres = new ManagedPostgres(workload, 'Database', required(workload));
      const api = new SecureWebApp(workload, 'Api', {
        network: networkIn(workload),
        runtime: WebAppRuntime.node('22-lts'),
        sku: PlanSku.P1V3,
      });
      api.addConnection('DB', postgres);
      const settings = new Rendered(workload).only('azurerm_linux_web_app').app_settings;
      expect(Object.keys(settings).filter((name) => name.startsWith('DB_'))).toEqual(
        SETTINGS.map((name) => `DB_${name}`),
      );
      expect(settings.DB_PGUSER).toBe(postgres.grantConnect(api.identity).userName);
      return settings.DB_PGUSER;
    });
    expect(one).toBe(other);
  });

  test('a client that belongs to no workload is named by its place in the stack', () => {
    const { workload, postgres } = postgresIn(Environment.DEV);
    const group = Principal.group(TerraformStack.of(workload), 'Analysts', '00000000-0000-0000-0000-000000000005');

    expect(postgres.grantConnect(group).userName).toMatch(/^analysts_[a-z0-9]{6}$/);
    expect(postgres.grantConnect(Principal.group(workload, 'Same', group.principalId)).userName).toMatch(/^analysts_/);
  });

  test('a server that is defined elsewhere: the same settings and statements, and no server', () => {
    const workload = workloadIn(Environment.PROD);
    const postgres = ManagedPostgres.fromAttributes(workload, 'Shared', {
      serverId: SERVER_ID,
      databaseName: 'orders',
      pgBouncer: true,
    });
    const { settings } = postgres.bindClient(new ManagedIdentity(workload, 'Api'));

    expect(settings).toMatchObject({
      PGHOST: 'psql-shared.postgres.database.azure.com',
      PGPORT: '6432',
      PGDATABASE: 'orders',
    });
    expect(postgres.toAccessSteps()[0].commands[0]).toBe('export PGUSER="$ADMINISTRATOR"');
    expect(sqlIn(workload)).toContain('GRANT "orders_writer" TO');
    expect(new Rendered(workload).all(SERVER)).toEqual([]);
    expect(postgres.toMonitoringTarget()).toMatchObject({ resourceId: SERVER_ID, logSources: { Server: SERVER_ID } });
  });
});

describe('databases', () => {
  test('are kept where the server is, and sort as they are told', () => {
    const { workload, postgres } = postgresIn(Environment.PROD);
    const { resources, node } = postgres.addDatabase('reports', { collation: 'de_DE.utf8' });

    expect(node.defaultChild).toBe(resources.database);
    expect(new Rendered(workload).at(`${SERVER}_database`, 'Database-reports/Resource')).toMatchObject({
      name: 'reports',
      charset: 'UTF8',
      collation: 'de_DE.utf8',
      lifecycle: { prevent_destroy: true },
    });
  });
});

describe('fails', () => {
  test('a database that is there, or that nobody may have', () => {
    const { postgres } = postgresIn(Environment.DEV);

    expect(() => postgres.addDatabase('billing')).toThrow(
      new Error(`${AT}: 'name' must be new: there is a database "billing" already`),
    );
    expect(() => postgres.addDatabase('other', { collation: '' })).toThrow(
      new Error(`${AT}: 'collation' must be the name of one, e.g. 'en_US.utf8', got ""`),
    );
    expect(() => postgres.addDatabase('azure_sys')).toThrow(
      new Error(
        `${AT}: 'name' must have 1 to 56 lower-case letters, digits, '_' or '-', a letter first, and be none of azure_maintenance, azure_sys, postgres, template0, template1; got "azure_sys"`,
      ),
    );
  });

  test('names that SQL would have to escape, names of two clients, two names of one', () => {
    const { workload, postgres } = postgresIn(Environment.DEV);
    const api = new ManagedIdentity(workload, 'Api');
    const group = groupIn(workload);
    postgres.grantConnect(api, { userName: 'api' });

    expect(() => postgres.grantConnect(group, { userName: 'a"b' })).toThrow(
      new Error(
        `${AT}: 'userName' must have 1 to 63 lower-case letters, digits or '_', a letter first, in a literal; got "a\\"b"`,
      ),
    );
    expect(() => postgres.grantConnect(group, { userName: 'api' })).toThrow(
      new Error(`${AT}: 'userName' must belong to one client, and "api" is another one's already`),
    );
    expect(() => postgres.grantConnect(api, { userName: 'app' })).toThrow(
      new Error(`${AT}: 'userName' must stay "api" for stack/Billing/Api, which has one name per server; got "app"`),
    );
    expect(() => postgres.grantConnect(api, { roles: [] })).toThrow(
      new Error(`${AT}: 'roles' must name at least one role; leave it out for a client that reads and writes`),
    );
    expect(() => postgres.grantConnect(api, { roles: [DatabaseRole.named('x; drop')] })).toThrow(
      new Error(
        `${AT}: 'roles' must be named by 1 to 63 lower-case letters, digits or '_', a letter first, in a literal; got "x; drop"`,
      ),
    );
  });

  test('an existing server without an id', () => {
    const workload = workloadIn(Environment.DEV);
    const computed = new ManagedIdentity(workload, 'Identity').identityId;

    expect(() => ManagedPostgres.fromAttributes(workload, 'One', { serverId: 'psql', databaseName: 'orders' })).toThrow(
      new Error(
        "stack/Billing/One: 'serverId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.DBforPostgreSQL/flexibleServers/<name>', got \"psql\"",
      ),
    );
    expect(() =>
      ManagedPostgres.fromAttributes(workload, 'Two', { serverId: computed, databaseName: 'orders' }),
    ).toThrow(
      new Error(
        "stack/Billing/Two: 'serverId' must be a literal, because the host name is made from it; got a value that Terraform has yet to compute",
      ),
    );
  });
});

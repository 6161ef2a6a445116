import { join } from 'path';
import { TerraformResource, TerraformStack, Testing } from 'cdktf';
import { DrillInterval, RecoveryDrill } from '../../src/contracts/drill';
import { RecoveryOccasion, RecoveryStep } from '../../src/contracts/recovery';
import { Environment } from '../../src/core/environment';
import { Runbook } from '../../src/documents/runbook';
import { workloadIn, workloadOn } from '../support';
import { scratch } from '../support/scratch';
import { chapter, Recoverable, rowsOf, step } from './runbook-fixtures';

const { ROLLBACK, RESTORE, FAILOVER, RENEWAL, OFFBOARDING } = RecoveryOccasion;
const POSTGRES = 'azurerm_postgresql_flexible_server';

describe('order and objectives', () => {
  test('what others stand on comes back first: by kind, and whatever is connected to before who connects', () => {
    const workload = workloadIn(Environment.PROD);
    const part = (id: string, type: string) => new Recoverable(workload, id, type, [step('Go', FAILOVER)]);
    const api = part('Api', 'azurerm_linux_web_app');
    const portal = part('APortal', 'azurerm_linux_web_app');
    part('Files', 'azurerm_storage_account');
    part('Vault', 'azurerm_key_vault');
    part('Database', POSTGRES);
    workload.recordConnection({ name: 'API', client: portal, target: api });

    expect(chapter(Runbook.of(workload).toMarkdown(), 'Order of recovery').slice(2)).toEqual([
      '1. Vault: Go (30 min)',
      '2. Database: Go (30 min)',
      '3. Files: Go (30 min)',
      '4. Api: Go (30 min)',
      '5. APortal: Go (30 min)',
      '6. Deploy again what is not in this list, with the pipeline of this environment, and run the smoke tests.',
      'With those of one service at the same time, and without the deployment, the steps for a region take 2 h; the objective is 4 h.',
    ]);
  });

  test('who waits for each other is recovered all the same', () => {
    const workload = workloadIn(Environment.PROD);
    const [a, b] = ['A', 'B'].map(
      (id) => new Recoverable(workload, id, 'azurerm_linux_web_app', [step('Go', FAILOVER)]),
    );
    workload.recordConnection({ name: 'B', client: a, target: b });
    workload.recordConnection({ name: 'A', client: b, target: a });

    expect(chapter(Runbook.of(workload).toMarkdown(), 'Order of recovery')[2]).toBe('1. A: Go (30 min)');
  });

  test('a database that only a restore brings back misses its objective; with a replica abroad it does not', () => {
    const verdicts = (...steps: RecoveryStep[]) => {
      const workload = workloadIn(Environment.PROD);
      new Recoverable(workload, 'Database', POSTGRES, steps);
      return rowsOf(chapter(Runbook.of(workload).toMarkdown(), 'Objectives')).slice(-1)[0];
    };
    const restore = step('Restore', RESTORE, { minutes: 60, dataLossMinutes: 5 });
    const zone = step('Standby', FAILOVER, { minutes: 5, dataLossMinutes: 0, withinRegion: true });
    const geo = step('Geo', FAILOVER, { minutes: 300, dataLossMinutes: 60 });
    const promote = step('Promote', FAILOVER, { minutes: 15 });

    expect(verdicts(restore)).toBe(
      'Database | PostgreSQL | Restore, 1 h | – | – | up to 5 min | nothing takes its place at once; no copy outside of the region',
    );
    expect(verdicts(restore, zone, geo)).toBe(
      'Database | PostgreSQL | Restore, 1 h | Standby, 5 min | Geo, 5 h | up to 1 h | Geo takes longer than the RTO; Geo loses more than the RPO',
    );
    expect(verdicts(restore, zone, geo, promote)).toBe(
      'Database | PostgreSQL | Restore, 1 h | Standby, 5 min | Promote, 15 min | up to 5 min; with Promote what was not received yet: see the alert on lag | met',
    );
  });

  test('backups in a vault are the last resort: they neither miss objectives nor take their time', () => {
    const workload = workloadIn(Environment.PROD);
    const steps = [RESTORE, FAILOVER].map((occasion) =>
      step(`From-${occasion}`, occasion, { minutes: 300, dataLossMinutes: 10_080 }),
    );
    new Recoverable(workload, 'Backups', 'azurerm_data_protection_backup_vault', steps);
    new Recoverable(workload, 'Api', 'azurerm_linux_web_app', [step('SwapBack', ROLLBACK)]);
    const markdown = Runbook.of(workload).toMarkdown();

    expect(rowsOf(chapter(markdown, 'Objectives')).slice(-2)).toEqual([
      'Api | App Service | deploy again | – | – | – | –',
      'Backups | Backup vault | From-restore, 5 h | From-failover, 5 h | From-failover, 5 h | up to 7 days | the last resort, beside the objectives',
    ]);
    expect(chapter(markdown, 'Order of recovery').slice(2)).toEqual([
      '1. Deploy again what is not in this list, with the pipeline of this environment, and run the smoke tests.',
    ]);
  });

  test('objectives are 4 h, 15 min and 15 min for a database alone, or what is said', () => {
    const workload = workloadIn(Environment.DEV);
    const objectives = (options = {}) =>
      rowsOf(chapter(Runbook.of(workload, options).toMarkdown(), 'Objectives'))
        .slice(2, 5)
        .map((row) => row.split(' | ')[1]);
    expect(objectives()).toEqual(['4 h', '15 min', '15 min']);
    expect(objectives({ rtoMinutes: 90, rpoMinutes: 0, databaseRtoMinutes: 4320 })).toEqual([
      '1 h 30 min',
      '0 min',
      '3 days',
    ]);
  });
});

describe('steps', () => {
  test('each occasion has a chapter, where something is to be done then', () => {
    const workload = workloadIn(Environment.PROD);
    const steps = [ROLLBACK, RESTORE, FAILOVER, RENEWAL, OFFBOARDING].map((occasion) =>
      step(`Do-${occasion}`, occasion),
    );
    new Recoverable(workload, 'Thing', 'azurerm_key_vault', steps);
    const markdown = Runbook.of(workload).toMarkdown();

    expect([...markdown.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual([
      'Contacts',
      'What happened',
      'Objectives',
      'Order of recovery',
      'Roll back',
      'Restore',
      'Fail over',
      'Renew',
      'Offboard',
      'Where commands run',
    ]);
    expect(chapter(markdown, 'Renew').slice(1)).toEqual([
      '### Thing',
      '#### Do-renewal',
      'Does Do-renewal. Takes about 30 min.',
      '```bash',
      'az do Do-renewal',
      '```',
    ]);
  });

  test('variables that whoever runs a step must set are named, those that it sets itself are not', () => {
    const workload = workloadIn(Environment.PROD);
    const commands = ['NEWEST="$(date)"', 'az restore --time "$RESTORE_TIME" --to ${TARGET} --as "$NEWEST" ${MAYBE:-}'];
    new Recoverable(workload, 'Vault', 'azurerm_key_vault', [step('Go', RESTORE, { commands })]);

    expect(chapter(Runbook.of(workload).toMarkdown(), 'Restore').slice(4, 7)).toEqual([
      'Set first:',
      '- `RESTORE_TIME`: a moment in UTC, e.g. `2026-05-04T03:00:00Z`',
      '- `TARGET`: as the step says',
    ]);
  });

  test('what only Terraform knows becomes a variable, and the command that yields it', () => {
    const workload = workloadIn(Environment.PROD);
    const account = new TerraformResource(workload, 'Account', { terraformResourceType: 'azurerm_storage_account' });
    const name = account.getStringAttribute('name');
    const commands = [
      `az show --name ${name} --id "${account.getStringAttribute('id')}"`,
      `az delete --name ${name} --as '\${upper("x")}'`,
    ];
    new Recoverable(workload, 'Files', 'azurerm_storage_account', [step('Go', RESTORE, { commands })]);
    const markdown = Runbook.of(workload).toMarkdown();

    const shown = chapter(markdown, 'Restore').join('\n');
    expect(shown).toContain('az show --name ${BILLING_ACCOUNT_NAME} --id "${BILLING_ACCOUNT_ID}"');
    expect(shown).toMatch(/az delete --name \$\{BILLING_ACCOUNT_NAME\} --as '\$\{VALUE_\w{6}\}'/);
    expect(markdown).not.toContain('TfToken');
    const [id, same] = chapter(markdown, 'Where commands run').filter((line) => line.startsWith('BILLING'));
    expect(id).toMatch(
      /^BILLING_ACCOUNT_ID="\$\(echo 'azurerm_storage_account\.Billing_Account_\w{8}\.id' \| terraform -chdir=cdktf\.out\/stacks\/stack console \| tr -d '"'\)"$/,
    );
    expect(same).toMatch(/^BILLING_ACCOUNT_NAME=/);
  });

  test('with several workloads, each is named', () => {
    const workload = workloadIn(Environment.DEV);
    const other = workloadOn(TerraformStack.of(workload), 'Other', { environment: Environment.TEST });
    [workload, other].forEach((scope) => new Recoverable(scope, 'Vault', 'azurerm_key_vault', [step('Go', RESTORE)]));

    const restore = chapter(Runbook.of(TerraformStack.of(workload)).toMarkdown(), 'Restore');
    expect(restore.filter((line) => line.startsWith('### '))).toEqual([
      '### billing in dev: Vault',
      '### other in test: Vault',
    ]);
  });
});

describe('drills', () => {
  test('are scripts with their interval and objectives', () => {
    const workload = workloadIn(Environment.PROD);
    const drill: RecoveryDrill = {
      key: 'RestoreTest',
      interval: DrillInterval.QUARTERLY,
      summary: 'Restores it',
      commands: ['az restore', 'echo "rpo-minutes=15"'],
      rtoMinutes: 240,
      rpoMinutes: 15,
    };
    new Recoverable(workload, 'Database', POSTGRES, [], [drill]);

    const lines = chapter(Runbook.of(workload).toMarkdown(), 'Drills');
    expect(rowsOf(lines)[2]).toBe('three months | Database | RestoreTest | 4 h | 15 min');
    expect(lines.slice(-6)).toEqual(
      [
        '### Database: RestoreTest',
        'Restores it.',
        '```bash',
        'set -euo pipefail',
        'az restore',
        'echo "rpo-minutes=15"',
        '```',
      ].slice(-6),
    );
  });
});

describe('contacts', () => {
  test('are those that were given, in that order, or whoever the tag says', () => {
    const workload = workloadIn(Environment.DEV, { resourceGroupName: 'rg-billing' });
    const contacts = [{ name: 'On call', role: 'leads | decides', reach: 'oncall@example.com' }];
    const rows = (options = {}) => rowsOf(chapter(Runbook.of(workload, options).toMarkdown(), 'Contacts')).slice(2);

    expect(rows({ contacts })).toEqual(['On call | leads \\| decides | oncall@example.com']);
    expect(rows()).toEqual([
      'Owner of billing in dev | answers for it | `az group show --name rg-billing --query tags.owner --output tsv`',
    ]);
  });
});

describe('files', () => {
  test('HTML is one page that needs nothing else, and shows words as they are', () => {
    const workload = workloadIn(Environment.PROD);
    const commands = ['az show > "x" && echo <y>'];
    new Recoverable(workload, 'Vault', 'azurerm_key_vault', [
      step('Go', RESTORE, { commands, summary: 'Makes a < b, with `code`.' }),
    ]);
    const html = Runbook.of(workload, { title: 'R & D' }).toHtml();

    expect(html).toContain('<title>R &amp; D</title>');
    expect(html).toContain('<li><a href="#order-of-recovery">Order of recovery</a></li>');
    expect(html).toContain('<h2 id="order-of-recovery">Order of recovery</h2>');
    expect(html).toContain('<p>Makes a &lt; b, with <code>code</code>. Takes about 30 min.</p>');
    expect(html).toContain('<pre><code>az show &gt; &quot;x&quot; &amp;&amp; echo &lt;y&gt;</code></pre>');
    expect(html).not.toMatch(/<script|src=|https?:\/\/(?!.*\.blob\.)/);
  });

  test('the same program gives the same bytes, which are written and checked', () => {
    const directory = scratch('runbook');
    const written = (fileName?: string) => {
      const workload = workloadIn(Environment.PROD);
      new Recoverable(workload, 'Vault', 'azurerm_key_vault', [step('Go', RESTORE)]);
      return Runbook.of(workload, { fileName });
    };

    expect(written().write(directory)).toEqual([join(directory, 'runbook.md'), join(directory, 'runbook.html')]);
    written().check(directory);
    expect(() => written('other').check(directory)).toThrow(
      'stack/Billing: "other.md" is stale: write the document again and commit it; "other.html" is stale: write the document again and commit it',
    );
  });
});

describe('fails', () => {
  test('on what nobody could follow', () => {
    const workload = workloadIn(Environment.DEV);
    const contacts = [{ name: ' ', role: 'leads', reach: '' }];
    expect(() =>
      Runbook.of(workload, { contacts, fileName: 'a/b', rtoMinutes: 1.5, rpoMinutes: -1, databaseRtoMinutes: NaN }),
    ).toThrow(
      `stack/Billing: 'fileName' must be letters, digits, hyphens, underscores or single full stops between them, got "a/b"; 'contacts[0].name' must not be empty, got " "; 'contacts[0].reach' must not be empty, got ""; 'rtoMinutes' must be a whole number of minutes from 0 to 525600, got 1.5; 'rpoMinutes' must be a whole number of minutes from 0 to 525600, got -1; 'databaseRtoMinutes' must be a whole number of minutes from 0 to 525600, got NaN`,
    );
    expect(() => Runbook.of(workload, { contacts: [] })).toThrow(
      "stack/Billing: 'contacts' must name somebody; leave it out for the owners of the workloads",
    );
    expect(() => Runbook.of(new TerraformStack(Testing.app(), 'empty'))).toThrow(
      'empty: there is no Workload at or below this scope, and so nothing to recover',
    );
  });
});

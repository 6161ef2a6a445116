/**
 * What must be true of the Azure PaaS platform: a row of the requirements each, shortened to what its test asserts.
 *
 * Row ids never change. A row without a test, a test without a row, and two tests of one row all fail.
 */
export const ROWS: { readonly [id: string]: string } = {
  'FND-1':
    'one table of defaults: dev small, staging like production but scaled down, prod in all zones and in two regions',
  'FND-2': 'state is remote, locked and encrypted, one per stack and environment, reached without account keys',
  'FND-3': 'names follow the Cloud Adoption Framework, obey Azure, and are unique where Azure wants that',
  'FND-4': 'owner, environment, workload and cost centre are on everything that takes tags',
  'FND-5': 'what can be private is private, security groups deny by default, outbound is explicit, TLS 1.2 or newer',
  'FND-6': 'data stays in the named geography; a region outside of it is an error',
  'FND-7': 'what is stateful cannot be lost by accident',
  'FND-8': 'the same definition deploys to every environment',
  'FND-9': 'what exists already can be used instead of something new',
  'FND-10': 'constructs, plain resources and Terraform modules live in one stack',

  'WEB-1': 'Linux App Service on a plan with slots outside of dev, with an identity and custom domains',
  'WEB-2': 'front end on Static Web Apps behind a CDN, under its own domains',
  'WEB-3': 'blue-green through slots: the same settings on both, warm-up, swap and swap-back without Terraform',
  'WEB-4': '10, 25, 50, 100 % with 5, 10, 15 minutes between, gated, and back by itself',
  'WEB-5': 'autoscale on CPU, memory and requests, with a minimum, a cap and a schedule',
  'WEB-6': 'health endpoints are probed by the platform, by availability tests and by the edge',
  'WEB-7': 'CORS allows named origins only; affinity is a choice; timeouts are set',
  'WEB-8': 'secrets reach the app as Key Vault references through its identity',
  'WEB-9': 'certificates are managed, and an alert comes 30 days before any ends',
  'WEB-10': 'the app and its slot are reachable through the edge only',

  'PG-1': 'PostgreSQL of two or more vCores outside of dev, in two zones in prod, with storage that grows',
  'PG-2': 'backups are kept 35 days in prod, in two regions, and longer in a vault',
  'PG-3': 'only the app network reaches the server, over TLS; connections and changes are logged',
  'PG-4': 'only identities of the directory sign in',
  'PG-5': 'a replica in another region, its lag watched, its promotion scripted',
  'PG-6': 'a restore to a test server is scripted and measured: RTO 4 h, RPO 15 min, by promotion 15 min',
  'PG-7': 'migrations run after a backup and before the new version, and stop the release when they fail',
  'PG-8': 'maintenance window, parameters, PgBouncer and databases are said in the program, and so can be the key',
  'RDS-1': 'Redis with TLS only, larger than C1, reached from the app only, with persistence',
  'RDS-2': 'Redis is written to disk every hour, and its restore is scripted',

  'SEC-1': 'one vault per environment for the app: RBAC, purge protection, private, every access logged',
  'SEC-2': 'secrets expire and rotate every 90 days, with an alert 30 days before they end',
  'SEC-3': 'no secret value in any generated file; generated ones are ephemeral and written write-only',
  'SEC-4': 'pipelines sign in by federation, with nothing that expires',

  'STO-1': 'a private container per tenant, in an account per environment, named by a strategy',
  'STO-2': "lifecycle rules tier and delete by each tenant's retention",
  'STO-3': 'links are user-delegation SAS of an hour at most; longer ones are blocked, and there is no account key',
  'STO-4': 'tenant, environment and classification are metadata; rules and rights go by tags of blobs',
  'STO-5': 'evidence cannot be changed for seven years, and lies in two regions',
  'STO-6':
    'versions, soft delete, restore to a point in time and a search for malware; inventory once the provider can',

  'OBS-1': 'Application Insights on a workspace, which the app sends everything to under its identity',
  'OBS-2': 'telemetry carries job, tenant and trace; fields that identify people are never stored',
  'OBS-3': 'OpenTelemetry settings reach app and slot',
  'OBS-4': 'dashboards for executives, operations, SRE, business, delivery and cost',
  'OBS-5':
    'alerts on errors over 5 %, answers over 3 s, CPU and memory over 80 %, deployments, jobs, storage, lag, expiry',
  'OBS-6': 'P0 to P3 reach their own people, escalate after 15 minutes, and name their runbook',
  'OBS-7': 'availability tests from five places, as often as Azure does, with content and certificate',
  'OBS-8': 'objectives of 99.9 % and 200 ms, with burn-rate alerts over several windows',
  'OBS-9': 'service health, resource health, the alerts of the CIS benchmark, and the daily cap',
  'OBS-10': 'diagnostic settings on what holds data, answers requests or keeps secrets',
  'OBS-12': 'maintenance from 18:00 to 06:00 silences what can wait',
  'OBS-13': 'scale events are logged and shown; latency, cost per instance and a forecast are on dashboards',

  'EDG-1':
    'Front Door with a firewall in prevention: rule sets, bots, rate limits, countries; caching and security headers',
  'EDG-2': 'origins are probed and watched, and one that fails is left out; one region, so none to fail over to',
  'DNS-1': 'zone with apex, api, admin, www and CAA',
  'DNS-2': 'SPF, DKIM and DMARC for e-mail; a domain that sends none rejects all',
  'EML-1': 'e-mail from the own domain, with its records and senders, and a sender of Azure until it is verified',

  'DEL-1': 'workflows for back end, front end and infrastructure, by branch and path',
  'DEL-2':
    'pull requests: 85 % coverage, lint, types, audits, scanners, and a plan per stack; the branch requires them',
  'DEL-3': 'dev, staging, prod, with reviewers, a wait and gates on security, privacy and performance',
  'DEL-4': 'exactly the reviewed plan is applied, one at a time; drift becomes an issue per stack each night',
  'DEL-5': 'a release migrates after a backup, and goes no further when that fails',
  'DEL-6': 'one button takes a release back within 5 minutes, without Terraform',
  'DEL-7': 'a hotfix keeps the security gates and skips stages; change windows; releases by tag',
  'DEL-8': 'plan reads, apply writes, each bound to its environment; actions are pinned by hash',
  'DEL-9': 'end-to-end, API and load tests at hook points',

  'CST-1': 'budgets on group, subscription and tag: 80 and 100 %, forecast, and 20 % above',
  'CST-2': 'unusual days are told; views by team, environment, feature and tenant; daily and weekly reports',
  'CST-3': 'instances are capped in each environment and shrink at night',
  'CST-4': 'what nobody uses is found and reported each week',

  'DR-1': 'an immutable backup vault with policies, which another region restores from',
  'DR-3': 'a runbook with order, real names, contacts and objectives, generated from the definition',
  'DR-4': 'a restore test each month and a drill each quarter, measured and reported',
};

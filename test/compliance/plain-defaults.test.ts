import { Compliance, EnforceOptions } from '../../src/compliance/compliance';
import { RulePack } from '../../src/compliance/rule-pack';
import { Environment } from '../../src/core/environment';
import { Workload } from '../../src/core/workload';
import { EmailService } from '../../src/edge/email-service';
import { PrivateNetwork } from '../../src/network/private-network';
import { ObservabilityStack } from '../../src/observability/observability-stack';
import { SecretVault } from '../../src/security/secret-vault';
import { SecureWebApp } from '../../src/web/secure-web-app';
import { WebAppRuntime } from '../../src/web/web-app-runtime';
import { Rendered, workloadIn } from '../support';

const { DEV, TEST, STAGING, PREPROD, PROD } = Environment;

/** The program of the README, watched, and with mail: nothing but what the constructs ask for. */
function defineService(workload: Workload): void {
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.20.0.0/22' });
  const vault = new SecretVault(workload, 'Vault', { network });
  const api = new SecureWebApp(workload, 'Api', { network, runtime: WebAppRuntime.node('22-lts') });
  api.addSecret('PAYMENT_TOKEN', vault.secretNamed('payment-token'));
  const email = new EmailService(workload, 'Email', { domain: { domainName: 'mail.example.com', verified: true } });
  api.addConnection('EMAIL', email);
  new ObservabilityStack(workload, 'Observability', {
    runbookUrl: 'https://runbooks.example.com/billing',
    routes: { team: { emails: ['billing@example.com'] } },
  });
}

function enforcedIn(environment: Environment, options?: EnforceOptions): Workload {
  const workload = workloadIn(environment);
  defineService(workload);
  Compliance.of(workload).enforce(options);
  return workload;
}

const { SECURITY, OPERATIONS } = RulePack;

test.each<[string, Environment, EnforceOptions | undefined]>([
  ['every pack in prod', PROD, undefined],
  [
    'security and operations in preprod, which has neither copies abroad nor locks',
    PREPROD,
    { packs: [SECURITY, OPERATIONS] },
  ],
  ['security and operations in staging', STAGING, { packs: [SECURITY, OPERATIONS] }],
  ['security in test', TEST, { packs: [SECURITY] }],
  ['security in dev', DEV, { packs: [SECURITY] }],
])('plain defaults keep %s', (_, environment, options) => {
  const workload = enforcedIn(environment, options);

  expect(() => new Rendered(workload)).not.toThrow();
  const warnings = workload.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
  expect(warnings.filter((text) => /cannot be checked|is acknowledged/.test(text))).toEqual([]);
});

/** What the program of a scope is refused with. */
function refusalOf(workload: Workload): string {
  try {
    new Rendered(workload);
    return 'none';
  } catch (error) {
    return (error as Error).message.replace(/\n\n[^]*$/, '');
  }
}

test('whoever enforces in dev what is meant for prod is told the way out', () => {
  expect(refusalOf(enforcedIn(DEV))).toBe(`Validation failed with the following errors:
  [stack] stack/Billing/Api/Plan/Resource: the plan is made for production (WEB-040); needs sku_name none of B1, B2, B3, F1, D1, or left out
  [stack] stack/Billing/Api/Plan/Resource: there are two instances or more (WEB-041); needs worker_count >= 2
  [stack] stack/Billing/Api/Plan/Resource: instances are spread over zones (WEB-042); needs zone_balancing_enabled = true
  [stack] stack/Billing/Network/FlowLogs/Account: data has a copy in another region (STO-014); needs account_replication_type one of GRS, RAGRS, GZRS, RAGZRS
  [stack] stack/Billing/Observability/Resource: logs are kept for 90 days (OBS-001); needs retention_in_days >= 90
  [stack] stack/Billing/Vault/Resource: the resource is locked against deletion (IAM-010); needs azurerm_management_lock that refers to it, with lock_level = CanNotDelete
  [stack] stack/Billing/Vault/Resource: a deleted vault cannot be purged (VLT-003); needs purge_protection_enabled = true
  [stack] stack: to accept one: Compliance.of(construct).acknowledge('WEB-040', reason, until); where nobody is promised reliability and operations: enforce({ packs: [RulePack.SECURITY] })`);
});

test('where only security is broken, the way out is to say why', () => {
  const workload = workloadIn(DEV);
  new SecureWebApp(workload, 'Api', { publiclyReachable: true, runtime: WebAppRuntime.node('22-lts') });
  Compliance.of(workload).enforce({ packs: [SECURITY] });

  expect(refusalOf(workload)).toBe(`Validation failed with the following errors:
  [stack] stack/Billing/Api/Resource: public network access is off (WEB-004); needs public_network_access_enabled = false
  [stack] stack/Billing/Api/Resource: an app that is open to the internet denies by default (WEB-021); needs site_config.ip_restriction_default_action = Deny unless public_network_access_enabled = false
  [stack] stack: to accept one: Compliance.of(construct).acknowledge('WEB-004', reason, until)`);
});

test('where reliability is broken, the packs that are left are named', () => {
  const workload = enforcedIn(STAGING);

  expect(refusalOf(workload)).toMatch(
    /where nobody is promised reliability: enforce\(\{ packs: \[RulePack\.SECURITY, RulePack\.OPERATIONS\] \}\)$/,
  );
});

test("Azure's domain is fine beside one of your own, verified or not, and no domain to be known by alone", () => {
  const [unverified, alone] = [workloadIn(PROD), workloadIn(PROD)];
  new EmailService(unverified, 'Email', { domain: { domainName: 'mail.example.com' } });
  new EmailService(alone, 'Email', {});
  const ofOurs = (workload: Workload) =>
    Compliance.of(workload)
      .report({ packs: [OPERATIONS] })
      .violations.filter(({ rule }) => rule.id === 'EML-003')
      .map(({ path }) => path);

  expect(ofOurs(unverified)).toEqual([]);
  expect(ofOurs(alone)).toEqual(['stack/Billing/Email/ManagedDomain']);
});

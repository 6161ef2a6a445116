import { AzureApp, Compliance, Environment, Verdict } from 'azure-platform-constructs';
import { offlinePlan, Rendered, snapshotOf } from 'azure-platform-constructs/testing';
import { Platform } from './platform';

const platformOf = (environment: Environment) => new Platform(new AzureApp(), environment);

test('is what it was', () => {
  expect(snapshotOf(platformOf(Environment.PROD))).toMatchSnapshot();
});

test('terraform would make it, and nobody from outside gets in', async () => {
  const plan = await offlinePlan(platformOf(Environment.PROD));

  plan.toAdd({ azurerm_linux_web_app: 1, azurerm_linux_web_app_slot: 1, azurerm_key_vault: 1 });
  plan.replacesNothing();
  plan.noPublicAccess();
  plan.noSecrets();
});

test('a mistake is found by terraform, with the construct that made it', async () => {
  const platform = platformOf(Environment.DEV);
  platform.shop.resources.webApp.addOverride('site_config.alwayson', true);

  const plan = await offlinePlan(platform);

  expect(() => plan.succeeds()).toThrow(/alwayson.*/s);
  expect(plan.findings.map(({ construct }) => construct)).toEqual(['shop-dev/Orders/Shop/Resource']);
});

test('complies, with reasons where it does not', () => {
  const platform = platformOf(Environment.PROD);
  platform.shop.resources.webApp.publicNetworkAccessEnabled = true;
  new Rendered(platform);

  const report = Compliance.of(platform).report();
  const verdicts = new Set(report.findings.map(({ verdict }) => verdict));

  expect(verdicts).toContain(Verdict.COMPLIANT);
  expect(report.violations.map(({ path }) => path)).toContain('shop-prod/Orders/Shop/Resource');
  expect(report.toMarkdown()).toContain('shop-prod/Orders/Shop/Resource');
});

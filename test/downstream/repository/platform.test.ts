import { AzureApp, Compliance, Environment, RulePack } from 'azure-platform-constructs';
import { matchers, offlinePlan, Rendered, snapshotOf } from 'azure-platform-constructs/testing';
import { Platform } from './platform';

expect.extend(matchers);

const platformOf = (environment: Environment) => new Platform(new AzureApp(), environment);

test('is what it was', () => {
  expect(snapshotOf(platformOf(Environment.PROD))).toMatchSnapshot();
});

test('says what we rely on', () => {
  const rendered = new Rendered(platformOf(Environment.PROD));

  expect(rendered.only('azurerm_key_vault').purge_protection_enabled).toBe(true);
  rendered.has('azurerm_linux_web_app', 'Shop/Resource', { https_only: true, public_network_access_enabled: false });
});

test('terraform would make it, and nobody from outside gets in', async () => {
  const plan = await offlinePlan(platformOf(Environment.PROD));

  plan.toAdd({ azurerm_linux_web_app: 1, azurerm_linux_web_app_slot: 1, azurerm_key_vault: 1 });
  plan.noPublicAccess();
  plan.noSecrets();
});

test('another setting replaces nothing of what exists', async () => {
  const before = await offlinePlan(platformOf(Environment.DEV));
  const platform = platformOf(Environment.DEV);
  platform.shop.addSetting('CURRENCY', 'EUR');

  await expect(platform).toReplaceNothing({ after: before });
});

test('a mistake is found by terraform, with the construct that made it', async () => {
  const platform = platformOf(Environment.DEV);
  platform.shop.resources.webApp.addOverride('site_config.alwayson', true);

  const plan = await offlinePlan(platform);

  expect(() => plan.succeeds()).toThrow(/alwayson.*/s);
  expect(plan.findings.map(({ construct }) => construct)).toEqual(['shop-dev/Orders/Shop/Resource']);
});

test('breaks no rule of security', () => {
  const report = Compliance.of(platformOf(Environment.PROD)).report({ packs: [RulePack.SECURITY] });

  expect(report.violations.map(({ path, rule }) => `${path}: ${rule.id}`)).toEqual([]);
});

test('a public app would break one', () => {
  const platform = platformOf(Environment.PROD);
  platform.shop.resources.webApp.publicNetworkAccessEnabled = true;

  const report = Compliance.of(platform).report();

  expect(report.violations.map(({ path }) => path)).toContain('shop-prod/Orders/Shop/Resource');
  expect(report.toMarkdown()).toContain('shop-prod/Orders/Shop/Resource');
});

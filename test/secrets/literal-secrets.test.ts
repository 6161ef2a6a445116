import { Verdict } from '../../src/compliance/rule';
import { ALL_RULES } from '../../src/compliance/rules';
import { secretsIn } from '../../src/testing/plan/secrets';
import { settingProblems } from '../../src/web/web-app-settings';

const KEY = `${'A1b/'.repeat(21)}Zz==`;
const JWT = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${'x'.repeat(43)}`;

const rule = ALL_RULES.find(({ id }) => id === 'WEB-027')!;

/** What the construct, the rule and the assertion for tests say to one setting. */
function answersTo(name: string, value: string) {
  const type = 'azurerm_linux_web_app';
  const attributes = { app_settings: { [name]: value } };
  const resource = { type, address: `${type}.x`, path: 'x', attributes, inStack: () => [], referredToBy: () => [] };
  return {
    construct: settingProblems('settings', name, value).filter((problem) => problem !== false),
    rule: rule.judge(resource),
    test: secretsIn({ resource: { [type]: { x: attributes } } }, {} as any, []).map(({ text }) => text),
  };
}

const CALLED = 'what its name calls a secret';
test.each([
  ['DB_PASSWORD', 'hunter2hunter2', CALLED],
  ['PGPASSWORD', 'hunter2', CALLED],
  ['dbPassword', 'hunter2', CALLED],
  ['SMTP_PWD', 'hunter2', CALLED],
  ['API_KEY', '7f9c24e8a1b04d5c9e3f6a7b8c9d0e1f', CALLED],
  ['Storage__AccountKey', 'abc', CALLED],
  ['CLIENT_SECRET', '00000000-0000-0000-0000-000000000001', CALLED],
  ['GITHUB_TOKEN', 'opensesame', CALLED],
  ['SERVICE_CREDENTIALS', '{"key":"abc"}', CALLED],
  ['DATABASE_URL', 'postgres://user:pa55word@db.example.com/x', 'a password in a URL'],
  ['CACHE', 'rediss://:pa55word@cache.example.com:10000', 'a password in a URL'],
  ['GH', `ghp_${'a'.repeat(36)}`, 'a GitHub token'],
  ['GH', `github_pat_${'a'.repeat(36)}`, 'a GitHub token'],
  ['SESSION', JWT, 'a JSON web token'],
  ['DB', 'Server=db;Password=hunter2', 'a password in a connection string'],
  ['DB', 'Server=db; pwd = "hunter2"', 'a password in a connection string'],
  ['STORAGE', `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${KEY}`, 'an account key'],
  ['BUS', 'Endpoint=sb://x;SharedAccessKeyName=Root;SharedAccessKey=abc=', 'an account key'],
  ['STORAGE', KEY, 'an account key'],
  ['UPLOADS', 'https://x.blob.core.windows.net/c?sv=2024&sig=abc%3D', 'a signature of a SAS'],
  ['CERTIFICATE', '-----BEGIN RSA PRIVATE KEY-----', 'a private key'],
  ['ENTRA', `abc8Q~${'x'.repeat(34)}`, 'a secret of an application of Entra'],
  ['PAYMENTS', `sk_live_${'a'.repeat(24)}`, 'a key of Stripe'],
  ['CHAT', 'xoxb-1234567890-abcdef', 'a Slack token'],
])('%s = %s is found by the construct, the rule and the test: %s', (name, value, form) => {
  const answers = answersTo(name, value);

  expect(answers).toEqual({
    construct: [
      form === CALLED
        ? `'settings' must not hold secrets, and ${name} is one by its name; keep it in a vault and use addSecret(), or say in the name what it is, e.g. ${name}_NAME`
        : `'settings' must not hold secrets, and the value of ${name} looks like one; keep it in a vault and use addSecret()`,
    ],
    rule: Verdict.VIOLATED,
    test: [`app_settings.${name} contains ${form}`],
  });
});

test.each([
  ['API_URL', 'https://api.example.com:8443/orders?page=1&token=next#x@y'],
  ['REPOSITORY', 'git@example.com:shop/api.git'],
  ['CALLBACK', 'https://example.com/users/@me:8080'],
  ['DATABASE_URL', 'postgres://api@db.example.com:5432/orders'],
  ['TOKEN_ENDPOINT', 'login.example.com/token'],
  ['PASSWORD_POLICY_URL', 'https://example.com/policy'],
  ['OIDC_TOKEN', 'https://example.com/oauth2/token'],
  ['API_KEY_NAME', 'payment-key'],
  ['PASSWORD_MIN_LENGTH', '12'],
  ['MAX_TOKENS', '128000'],
  ['REQUIRE_PASSWORD', 'true'],
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '@Microsoft.KeyVault(SecretUri=https://kv.vault.azure.net/secrets/password)'],
  ['DB_PASSWORD', '/run/secrets/password'],
  ['GOOGLE_APPLICATION_CREDENTIALS', '/mnt/identity/credentials.json'],
  ['AzureWebJobsStorage__credential', 'managedidentity'],
  ['AZURE_TOKEN_CREDENTIALS', 'ManagedIdentityCredential'],
  ['PWD', 'home'],
  ['PUBLIC_KEY', 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'],
  ['DB', 'Server=db;Authentication=Active Directory Default;Password=;User Id=api'],
  ['DB', 'Server=db;Password=<yours>'],
  ['QUERY', 'traces | where password == "x" | extend y = replace("(sig|password)=[^&]+", "***", x)'],
  ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'InstrumentationKey=00000000-0000-0000-0000-000000000001'],
  ['CONTENT_SECURITY_POLICY', `script-src 'sha512-${KEY}'`],
])('%s = %s is no secret', (name, value) => {
  expect(answersTo(name, value)).toEqual({ construct: [], rule: Verdict.COMPLIANT, test: [] });
});

test('what Terraform has yet to compute is left to it, and left open by the rule where the name calls it a secret', () => {
  expect(answersTo('DB_PASSWORD', '${var.password}')).toEqual({
    construct: [],
    rule: Verdict.CANNOT_BE_CHECKED,
    test: [],
  });
  expect(answersTo('DATABASE_URL', 'postgres://api:${var.token}@db.example.com')).toEqual({
    construct: [],
    rule: Verdict.COMPLIANT,
    test: [],
  });
});

test('names count among settings only: elsewhere the provider says what is secret', () => {
  const stack = { resource: { azurerm_key_vault: { x: { tags: { token: 'abc', x: 'Password=hunter2' } } } } };

  expect(secretsIn(stack, {} as any, ['abc'])).toEqual([
    { address: 'azurerm_key_vault.x', text: 'tags.token contains a marker' },
    { address: 'azurerm_key_vault.x', text: 'tags.x contains a password in a connection string' },
  ]);
});

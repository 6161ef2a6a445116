import { Environment } from '../../src/core/environment';
import { Geography } from '../../src/core/geography';
import { resolvedIn } from '../../src/core/validation';
import { Workload, WorkloadProps } from '../../src/core/workload';
import { DmarcRecord } from '../../src/edge/dmarc-record';
import { EmailDataLocation } from '../../src/edge/email-data-location';
import { EmailDomain } from '../../src/edge/email-service-props';
import { SpfRecord } from '../../src/edge/spf-record';
import { groupIn, Rendered, workloadIn } from '../support';
import { emailIn, withDomain, Zone } from './email-fixtures';

const { DEV, PROD } = Environment;
const SERVICE = 'azurerm_communication_service';
const DOMAIN = 'azurerm_email_communication_service_domain';
const ASSOCIATION = 'azurerm_communication_service_email_domain_association';

describe('defaults', () => {
  test("sends from Azure's own domain, and keeps everything in the geography of the workload", () => {
    const workload = workloadIn(DEV);

    const email = emailIn(workload);

    const rendered = new Rendered(workload);
    const service = rendered.only(SERVICE);
    expect(service).toMatchObject({
      name: expect.stringMatching(/^acs-billing-dev-email-[a-z0-9]{6}$/),
      data_location: 'Europe',
    });
    expect(service.lifecycle).toBeUndefined();
    expect(rendered.only('azurerm_email_communication_service')).toMatchObject({
      name: expect.stringMatching(/^ecs-billing-dev-email-[a-z0-9]{6}$/),
      data_location: 'Europe',
    });
    expect(rendered.only(DOMAIN)).toMatchObject({
      name: 'AzureManagedDomain',
      domain_management: 'AzureManaged',
      user_engagement_tracking_enabled: false,
    });
    expect(rendered.only(ASSOCIATION)).toMatchObject({
      communication_service_id: expect.stringContaining(SERVICE),
      email_service_domain_id: expect.stringContaining('ManagedDomain'),
    });
    expect(email.dnsRecords).toEqual([]);
  });

  test('says where to send and from whom, and no key', () => {
    const workload = workloadIn(DEV);
    const email = emailIn(workload);

    const { settings } = email.bindClient(groupIn(workload));

    const resolved = resolvedIn(email, settings);
    expect(resolved).toEqual({
      ENDPOINT: expect.stringMatching(/^https:\/\/\$\{azurerm_communication_service\.\w+\.hostname\}$/),
      SENDER: expect.stringMatching(
        /^DoNotReply@\$\{azurerm_email_communication_service_domain\.\w+\.from_sender_domain\}$/,
      ),
    });
    expect(JSON.stringify(new Rendered(workload).json)).not.toMatch(/connection_string|primary_key|secondary_key/);
  });

  test('is watched for what comes back, by what the service logs', () => {
    const { resourceId, metricNamespace, logSources, signals } = emailIn(workloadIn(DEV)).toMonitoringTarget();

    expect(metricNamespace).toBe('Microsoft.Communication/CommunicationServices');
    expect(logSources).toEqual({ Service: resourceId });
    expect(signals.map(({ key, threshold, severity }) => [key, threshold, severity])).toEqual([
      ['Bounces', 5, 'P2'],
      ['Undelivered', 20, 'P1'],
    ]);
    const [{ query }] = signals;
    expect(query).toMatchObject({ measureColumn: 'Percent' });
    expect(query!.query).toContain('union isfuzzy=true');
    expect(query!.query).toContain('ACSEmailStatusUpdateOperational');
    expect(query!.query).toContain(`_ResourceId =~ "${resourceId}"`);
  });

  test('what Terraform cannot do is a step with the real names', () => {
    const email = emailIn(workloadIn(DEV));

    const steps = email.toSetupSteps();

    expect(steps.map(({ key }) => key)).toEqual(['KeysOff']);
    expect(steps[0].commands).toEqual([
      `az rest --method patch --url "https://management.azure.com$(az communication show --resource-group ${Workload.of(email).knownResourceGroupName} --name ${email.serviceName} --query id --output tsv)?api-version=2025-05-01" --body '{"properties":{"disableLocalAuth":true}}'`,
    ]);
  });
});

test('keys that somebody may have read are made anew, which nobody notices', () => {
  const email = emailIn(workloadIn(DEV));

  const [{ key, occasion, commands }] = email.toRecoverySteps();

  expect([key, occasion]).toEqual(['NewKeys', 'renewal']);
  expect(commands).toEqual(
    ['Primary', 'Secondary'].map(
      (kind) =>
        `az communication regenerate-key --resource-group ${Workload.of(email).knownResourceGroupName} --name ${email.serviceName} --key-type ${kind}`,
    ),
  );
});

describe('environments', () => {
  test('where data is guarded, the services and the domain are', () => {
    const workload = workloadIn(PROD);

    emailIn(workload, withDomain());

    const rendered = new Rendered(workload);
    for (const type of [SERVICE, 'azurerm_email_communication_service', DOMAIN]) {
      rendered.all(type).forEach(({ lifecycle }) => expect(lifecycle).toEqual({ prevent_destroy: true }));
    }
    expect(rendered.only('azurerm_management_lock')).toMatchObject({
      lock_level: 'CanNotDelete',
      scope: expect.stringContaining(SERVICE),
    });
  });

  test.each<[string, string, Partial<WorkloadProps>]>([
    ['germanywestcentral', 'Germany', {}],
    ['eastus', 'United States', {}],
    ['uksouth', 'UK', {}],
    ['uaenorth', 'UAE', {}],
    ['southafricanorth', 'Africa', {}],
    ['southeastasia', 'Asia Pacific', {}],
    ['swedencentral', 'Europe', { geography: Geography.EUROPEAN_UNION }],
  ])('%s: data in %s', (location, dataLocation, props) => {
    const workload = workloadIn(DEV, { location, ...props });

    emailIn(workload);

    expect(new Rendered(workload).only(SERVICE).data_location).toBe(dataLocation);
  });

  test('another data location that is allowed', () => {
    const workload = workloadIn(DEV, { geography: Geography.EUROPEAN_UNION });

    emailIn(workload, { dataLocation: EmailDataLocation.FRANCE });

    expect(new Rendered(workload).only(SERVICE).data_location).toBe('France');
  });
});

describe('fails', () => {
  test.each<[string, Partial<EmailDomain>, string]>([
    [
      'a domain in upper case',
      { domainName: 'Example.com' },
      `'domain.domainName' must be a domain in lower case, got "Example.com"`,
    ],
    [
      'a domain that Terraform has yet to compute',
      { domainName: '${var.domain}' },
      `'domain.domainName' must be a literal, because names of records are made from it; got "\${var.domain}"`,
    ],
    [
      'senders that are no names, or are there already',
      { senders: { 'a..b': 'A', donotreply: 'B', empty: '' } },
      `'domain.senders' must have names of 1 to 64 lower-case letters or digits, with single '.', '_', '+' or '-' between them, got "a..b"; 'domain.senders' must not have "donotreply", which every domain has by itself; 'domain.senders' must have 1 to 253 characters for people to see, and "empty" has 0`,
    ],
    [
      'a default sender that is none of them',
      { senders: { info: 'Info' }, defaultSender: 'press' },
      `'domain.defaultSender' must be one of 'senders' or "DoNotReply", got "press"`,
    ],
    [
      'an SPF record that leaves Azure out',
      { spf: SpfRecord.none() },
      `'domain.spf' must include spf.protection.outlook.com, which is how Azure sends, got "v=spf1 -all"`,
    ],
    [
      'no domain to send from',
      { exclusive: true },
      "'domain.exclusive' must come with 'verified', because no domain is left to send from otherwise",
    ],
    [
      'two minds about DMARC',
      { dmarc: DmarcRecord.reject(), dmarcManagedElsewhere: true },
      "'domain.dmarc' must be left out with 'dmarcManagedElsewhere'",
    ],
  ])('%s', (_words, domain, problems) => {
    expect(() => emailIn(workloadIn(DEV), withDomain(domain))).toThrow(new Error(`stack/Billing/Email: ${problems}`));
  });

  test('a domain outside of its zone', () => {
    const workload = workloadIn(DEV);
    const dnsZone = new Zone(workload, 'Zone');

    expect(() => emailIn(workload, withDomain({ domainName: 'notexample.com', dnsZone }))).toThrow(
      new Error(
        `stack/Billing/Email: 'domain.domainName' must be the zone example.com or lie below it, got "notexample.com"`,
      ),
    );
  });

  test('data outside of the geography', () => {
    expect(() => emailIn(workloadIn(DEV), { dataLocation: EmailDataLocation.UNITED_KINGDOM })).toThrow(
      new Error(
        `stack/Billing/Email: 'dataLocation' must stay in northeurope, westeurope, got "UK", which is any of uksouth, ukwest; allow more with 'allowedLocations' or 'geography' on the workload`,
      ),
    );
    expect(() => emailIn(workloadIn(DEV, { allowedLocations: ['westeurope'] }))).toThrow(
      new Error(
        `stack/Billing/Email: 'dataLocation' must stay in westeurope, got "Europe", which is any of northeurope, westeurope; allow more with 'allowedLocations' or 'geography' on the workload`,
      ),
    );
  });

  test('a geography that has no data location', () => {
    expect(() => emailIn(workloadIn(DEV, { location: 'israelcentral' }))).toThrow(
      new Error(
        "stack/Billing/Email: 'dataLocation' must be given, because Communication Services keeps no data in the geography of israelcentral; got none",
      ),
    );
  });

  test('a role by its name', () => {
    expect(() => emailIn(workloadIn(DEV), { sendRoleDefinitionId: 'Sender' })).toThrow(
      new Error(
        `stack/Billing/Email: 'sendRoleDefinitionId' must be '/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<guid>', got "Sender"`,
      ),
    );
  });

  test('a name that Azure refuses', () => {
    expect(() => emailIn(workloadIn(DEV), { serviceName: '-email' })).toThrow(
      new Error(
        `stack/Billing/Email: 'serviceName' must be 1 to 63 letters, digits, or single hyphens between them, a letter first; got "-email"`,
      ),
    );
  });
});

describe('escape hatch', () => {
  test('every resource can be changed', () => {
    const workload = workloadIn(DEV);
    const email = emailIn(workload);

    email.resources.managedDomain!.userEngagementTrackingEnabled = true;

    expect(new Rendered(workload).only(DOMAIN).user_engagement_tracking_enabled).toBe(true);
    expect(email.node.defaultChild).toBe(email.resources.communicationService);
  });
});

import { DnsRecordType } from '../../src/contracts/dns';
import { Environment } from '../../src/core/environment';
import { resolvedIn } from '../../src/core/validation';
import { Workload } from '../../src/core/workload';
import { DmarcPolicy, DmarcRecord } from '../../src/edge/dmarc-record';
import { DnsZone } from '../../src/edge/dns-zone';
import { EmailService } from '../../src/edge/email-service';
import { SpfRecord } from '../../src/edge/spf-record';
import { groupIn, Rendered, workloadIn } from '../support';
import { emailIn, withDomain, Zone } from './email-fixtures';

const { DEV, PROD } = Environment;
const SERVICE = 'azurerm_communication_service';
const DOMAIN = 'azurerm_email_communication_service_domain';
const ASSOCIATION = 'azurerm_communication_service_email_domain_association';
const SENDER = 'azurerm_email_communication_service_domain_sender_username';
const ROLE =
  '/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000002';

describe('a domain of yours', () => {
  test('until it is verified: the domain and its records, and nothing that Azure would refuse', () => {
    const workload = workloadIn(DEV);
    const dnsZone = new Zone(workload, 'Zone');

    const email = emailIn(workload, withDomain({ dnsZone, senders: { invoices: 'Billing' } }));

    const rendered = new Rendered(workload);
    expect(rendered.at(DOMAIN, 'Email/Domain')).toMatchObject({
      name: 'mail.example.com',
      domain_management: 'CustomerManaged',
    });
    expect(rendered.all(ASSOCIATION)).toHaveLength(1);
    expect(rendered.all(SENDER)).toEqual([]);
    expect(email.senderAddress).toMatch(/^DoNotReply@\$\{/);
    expect(workload.connections).toEqual([{ name: 'mail.example.com', client: email, target: dnsZone }]);
    expect(dnsZone.asked).toEqual([
      ['TXT', 'mail', [expect.stringContaining('TfToken'), 'v=spf1 include:spf.protection.outlook.com -all']],
      ['CNAME', 'selector1-azurecomm-prod-net._domainkey.mail', [expect.stringContaining('TfToken')]],
      ['CNAME', 'selector2-azurecomm-prod-net._domainkey.mail', [expect.stringContaining('TfToken')]],
      ['TXT', '_dmarc.mail', ['v=DMARC1; p=quarantine']],
    ]);
    const asked = dnsZone.asked.flatMap(([, , values]) => values);
    expect(resolvedIn(email, asked)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/\.verification_records\[0\]\.domain\[0\]\.value\}$/),
        expect.stringMatching(/\.verification_records\[0\]\.dkim\[0\]\.value\}$/),
        expect.stringMatching(/\.verification_records\[0\]\.dkim2\[0\]\.value\}$/),
      ]),
    );
  });

  test('once it is: one tie more, its senders, and programs are told to send from it', () => {
    const workload = workloadIn(DEV);

    const email = emailIn(
      workload,
      withDomain({
        verified: true,
        senders: { invoices: 'Billing', 'press.office': 'Press' },
        defaultSender: 'invoices',
        engagementTracking: true,
      }),
    );

    const rendered = new Rendered(workload);
    expect(rendered.all(ASSOCIATION)).toHaveLength(2);
    expect(rendered.at(ASSOCIATION, 'Email/Association').email_service_domain_id).toContain('Email_Domain');
    expect(rendered.at(DOMAIN, 'Email/Domain').user_engagement_tracking_enabled).toBe(true);
    expect(rendered.at(SENDER, 'Email/Sender-invoices')).toMatchObject({ name: 'invoices', display_name: 'Billing' });
    expect(Object.keys(email.resources.senders)).toEqual(['invoices', 'press.office']);
    expect(email.senderAddress).toBe('invoices@mail.example.com');
    expect(email.toSetupSteps().map(({ key }) => key)).toEqual(['KeysOff']);
  });

  test("the only one there is: without Azure's own", () => {
    const workload = workloadIn(PROD);

    const email = emailIn(workload, withDomain({ verified: true, exclusive: true }));

    const rendered = new Rendered(workload);
    expect(rendered.only(DOMAIN).name).toBe('mail.example.com');
    expect(rendered.only(ASSOCIATION).email_service_domain_id).toContain('Email_Domain');
    expect(email.resources.managedDomain).toBeUndefined();
  });

  test('the sender that each domain has by itself', () => {
    expect(emailIn(workloadIn(DEV), withDomain({ verified: true })).senderAddress).toBe('DoNotReply@mail.example.com');
  });

  test('a zone itself: domain and SPF are one record set, with whoever else sends', () => {
    const workload = workloadIn(DEV);
    const dnsZone = new Zone(workload, 'Zone');

    emailIn(
      workload,
      withDomain({
        domainName: 'example.com',
        dnsZone,
        spf: SpfRecord.of({ includes: ['spf.protection.outlook.com', '_spf.example.org'] }),
        dmarc: DmarcRecord.of({ policy: DmarcPolicy.NONE, reportsTo: ['dmarc@example.com'] }),
      }),
    );

    expect(dnsZone.asked.map(([type, name]) => [type, name])).toEqual([
      ['TXT', '@'],
      ['CNAME', 'selector1-azurecomm-prod-net._domainkey'],
      ['CNAME', 'selector2-azurecomm-prod-net._domainkey'],
      ['TXT', '_dmarc'],
    ]);
    expect(dnsZone.asked[0][2][1]).toBe('v=spf1 include:spf.protection.outlook.com include:_spf.example.org -all');
    expect(dnsZone.asked[3][2]).toEqual(['v=DMARC1; p=none; rua=mailto:dmarc@example.com']);
  });

  test('in a zone of ours: one record set for what proves the domain and who sends, with what others ask for', () => {
    const workload = workloadIn(DEV);
    const dnsZone = new DnsZone(workload, 'Zone', { zoneName: 'example.com' });
    dnsZone.addRecord(DnsRecordType.TXT, '@', ['somebody-elses-proof=1']);

    emailIn(workload, withDomain({ domainName: 'example.com', dnsZone }));

    const sets = new Rendered(workload).all('azurerm_dns_txt_record').filter(({ name }) => name === '@');
    expect(sets.map(({ record }) => record.map(({ value }: any) => value).sort())).toEqual([
      [
        expect.stringMatching(
          /^\$\{azurerm_email_communication_service_domain\.\w+\.verification_records\[0\]\.domain/,
        ),
        'somebody-elses-proof=1',
        'v=spf1 include:spf.protection.outlook.com -all',
      ],
    ]);
  });

  test('without a zone here, what is to be made by hand is listed', () => {
    const { dnsRecords } = emailIn(workloadIn(DEV), withDomain({ dmarcManagedElsewhere: true }));

    expect(dnsRecords.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'TXT mail.example.com',
      'TXT mail.example.com',
      'CNAME selector1-azurecomm-prod-net._domainkey.mail.example.com',
      'CNAME selector2-azurecomm-prod-net._domainkey.mail.example.com',
    ]);
  });

  test('its verification is a step that waits, and can be run again', () => {
    const email = emailIn(workloadIn(DEV), withDomain());

    const [, { key, commands, minutes }] = email.toSetupSteps();

    const of = `--resource-group ${Workload.of(email).knownResourceGroupName} --email-service-name ${email.resources.emailService.nameInput} --domain-name mail.example.com`;
    expect([key, minutes, commands.length]).toEqual(['VerifyDomain', 32, 6]);
    expect(commands[0]).toBe(
      `[ "$(az communication email domain show ${of} --query "verificationStates.Domain.status || verificationStates.domain.status" --output tsv)" = Verified ] || az communication email domain initiate-verification ${of} --verification-type Domain`,
    );
    expect(commands[4]).toMatch(
      /^for attempt in \$\(seq 60\); do found=\$\(az .*\); \[ "\$found" = 4 \] && break; sleep 30; done$/,
    );
    expect(commands[5]).toBe('[ "$found" = 4 ]');
  });
});

describe('grants', () => {
  test('sending is one role on this one service, once', () => {
    const workload = workloadIn(DEV);
    const email = emailIn(workload);

    email.grantSend(groupIn(workload));
    email.bindClient(workload.node.findChild('Group') as any);

    expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Communication and Email Service Owner',
      scope: expect.stringContaining(`${SERVICE}.`),
    });
  });

  test('or a role of your own, also on a service that is defined elsewhere', () => {
    const workload = workloadIn(DEV);
    const id = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Communication/communicationServices/acs';
    const imported = EmailService.fromAttributes(workload, 'Shared', {
      communicationServiceId: id,
      endpoint: 'https://acs.europe.communication.azure.com',
      senderAddress: 'info@example.com',
      sendRoleDefinitionId: ROLE,
    });

    emailIn(workload, { sendRoleDefinitionId: ROLE }).grantSend(groupIn(workload));
    const { settings } = imported.bindClient(workload.node.findChild('Group') as any);

    expect(settings).toEqual({ ENDPOINT: 'https://acs.europe.communication.azure.com', SENDER: 'info@example.com' });
    const assignments = new Rendered(workload).all('azurerm_role_assignment');
    expect(assignments.map(({ role_definition_id: role }) => role)).toEqual([ROLE, ROLE]);
    expect(assignments.map(({ scope }) => scope)).toContain(id);
    expect(imported.toMonitoringTarget().resourceId).toBe(id);
  });
});

import { ManagedIdentity } from '../../../src/access/managed-identity';
import { Workload } from '../../../src/core/workload';
import { DmarcPolicy, DmarcRecord } from '../../../src/edge/dmarc-record';
import { DnsZone } from '../../../src/edge/dns-zone';
import { EmailService } from '../../../src/edge/email-service';
import { SpfRecord } from '../../../src/edge/spf-record';

const GUID = '00000000-0000-0000-0000-000000000001';
const ROLE = `/subscriptions/${GUID}/providers/Microsoft.Authorization/roleDefinitions/${GUID}`;

/** E-mail from Azure's domain, and from one that is not verified yet. */
export function plain(workload: Workload): void {
  new EmailService(workload, 'Email');
  new EmailService(workload, 'NewEmail', {
    domain: {
      domainName: 'mail.example.com',
      dnsZone: new DnsZone(workload, 'EmailZone', { zoneName: 'mail.example.com' }),
      senders: { info: 'Information' },
    },
  });
}

/** E-mail from a verified domain, with everything. */
export function loaded(workload: Workload): void {
  const email = new EmailService(workload, 'Email', {
    serviceName: 'acs-billing-mail',
    sendRoleDefinitionId: ROLE,
    deletionProtection: true,
    domain: {
      domainName: 'example.org',
      dnsZone: new DnsZone(workload, 'EmailZone', { zoneName: 'example.org' }),
      verified: true,
      exclusive: true,
      senders: { info: 'Information', 'press.office': 'Press' },
      defaultSender: 'info',
      spf: SpfRecord.of({ includes: ['spf.protection.outlook.com', '_spf.example.com'], addresses: ['203.0.113.7'] }),
      dmarc: DmarcRecord.of({ policy: DmarcPolicy.REJECT, percent: 50, reportsTo: ['dmarc@example.org'] }),
      engagementTracking: true,
    },
  });
  email.bindClient(new ManagedIdentity(workload, 'EmailSender'));
}

/** E-mail by somebody else's service. */
export function borrowed(workload: Workload): void {
  EmailService.fromAttributes(workload, 'Email', {
    communicationServiceId: `/subscriptions/${GUID}/resourceGroups/rg-shared/providers/Microsoft.Communication/communicationServices/acs`,
    endpoint: 'https://acs.europe.communication.azure.com',
    senderAddress: 'info@example.com',
  }).bindClient(new ManagedIdentity(workload, 'EmailSender'));
}

import { EmailCommunicationServiceDomain } from '@cdktf/provider-azurerm/lib/email-communication-service-domain';
import { DnsRecordType, IDnsZone } from '../contracts/dns';
import { DmarcPolicy, DmarcRecord } from './dmarc-record';
import { EmailDnsRecord, EmailDomain } from './email-service-props';
import { SpfRecord } from './spf-record';

/** Sends in the name of every domain that Azure verifies. */
export const AZURE_SENDERS = 'spf.protection.outlook.com';

/** Names of Azure's two signing keys (DKIM), the same below every domain; the record's own name is known too late for an address. */
const [SELECTOR_1, SELECTOR_2] = ['selector1-azurecomm-prod-net', 'selector2-azurecomm-prod-net'];

/**
 * The records that a domain needs, by their full names.
 *
 * Azure has no DMARC record to give, its own comes back empty. The SPF record is a literal, though Azure gives the same one: a zone
 * can then tell when somebody else asks for a second one, which would make both void.
 */
export function recordsFor(
  { domainName, spf, dmarc, dmarcManagedElsewhere }: EmailDomain,
  resource: EmailCommunicationServiceDomain,
): EmailDnsRecord[] {
  const { TXT, CNAME } = DnsRecordType;
  const wanted = resource.verificationRecords.get(0);
  const senders = spf ?? SpfRecord.of({ includes: [AZURE_SENDERS] });
  const policy = dmarc ?? DmarcRecord.of({ policy: DmarcPolicy.QUARANTINE });
  return [
    { type: TXT, name: domainName, value: wanted.domain.get(0).value },
    { type: TXT, name: domainName, value: senders.toText() },
    { type: CNAME, name: `${SELECTOR_1}._domainkey.${domainName}`, value: wanted.dkim.get(0).value },
    { type: CNAME, name: `${SELECTOR_2}._domainkey.${domainName}`, value: wanted.dkim2.get(0).value },
    ...((dmarcManagedElsewhere ?? false) ? [] : [{ type: TXT, name: `_dmarc.${domainName}`, value: policy.toText() }]),
  ];
}

/**
 * Asks a zone for records; those of one name and type at once, since they are one record set.
 */
export function askFor(zone: IDnsZone, records: EmailDnsRecord[]): void {
  const sets = [...new Set(records.map(({ type, name }) => `${type} ${name}`))];
  sets.forEach((set) => {
    const of = records.filter(({ type, name }) => `${type} ${name}` === set);
    const [{ type, name }] = of;
    const below = name === zone.zoneName ? '@' : name.slice(0, -zone.zoneName.length - 1);
    zone.addRecord(
      type as DnsRecordType,
      below,
      of.map(({ value }) => value),
    );
  });
}

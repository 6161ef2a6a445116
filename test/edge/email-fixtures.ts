import { Construct } from 'constructs';
import { DnsRecord, DnsRecordType, IDnsZone } from '../../src/contracts/dns';
import { Workload } from '../../src/core/workload';
import { EmailService } from '../../src/edge/email-service';
import { EmailDomain, EmailServiceProps } from '../../src/edge/email-service-props';

/** Stands for a zone of ours. */
export class Zone extends Construct implements IDnsZone {
  public readonly zoneName = 'example.com';
  public readonly asked: Array<[DnsRecordType, string, string[]]> = [];

  public addRecord(type: DnsRecordType, name: string, values: string[]): DnsRecord {
    this.asked.push([type, name, values]);
    return { terraformAddress: `azurerm_dns_${type.toLowerCase()}_record.x` };
  }

  public addAlias(): DnsRecord {
    throw new Error('no alias is needed for e-mail');
  }
}

export const emailIn = (workload: Workload, props: EmailServiceProps = {}) =>
  new EmailService(workload, 'Email', props);
export const withDomain = (domain: Partial<EmailDomain> = {}, props: EmailServiceProps = {}): EmailServiceProps => ({
  ...props,
  domain: { domainName: 'mail.example.com', ...domain },
});

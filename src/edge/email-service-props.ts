import { CommunicationService } from '@cdktf/provider-azurerm/lib/communication-service';
import { CommunicationServiceEmailDomainAssociation } from '@cdktf/provider-azurerm/lib/communication-service-email-domain-association';
import { EmailCommunicationService } from '@cdktf/provider-azurerm/lib/email-communication-service';
import { EmailCommunicationServiceDomain } from '@cdktf/provider-azurerm/lib/email-communication-service-domain';
import { EmailCommunicationServiceDomainSenderUsername } from '@cdktf/provider-azurerm/lib/email-communication-service-domain-sender-username';
import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { Grant } from '../access/grant';
import { IConnectionTarget } from '../contracts/connection';
import { IDnsZone } from '../contracts/dns';
import { IMonitored, MonitoredProps } from '../contracts/monitoring';
import { ProtectedProps } from '../contracts/ownership';
import { IPrincipal } from '../contracts/principal';
import { DmarcRecord } from './dmarc-record';
import { EmailDataLocation } from './email-data-location';
import { SpfRecord } from './spf-record';

/**
 * A service that programs send e-mail by, under their own identity.
 */
export interface IEmailService extends IConnectionTarget, IMonitored {
  /** Azure resource id of the Communication Service. */
  readonly communicationServiceId: string;
  /** Address that programs send their requests to, e.g. `https://acs-billing.europe.communication.azure.com`. */
  readonly endpoint: string;
  /** Address that e-mail comes from unless a program says otherwise. */
  readonly senderAddress: string;

  /** Lets a principal send e-mail. */
  grantSend(grantee: IPrincipal): Grant;
}

/**
 * How an existing service is found.
 */
export interface EmailServiceAttributes {
  /** Azure resource id of the Communication Service. */
  readonly communicationServiceId: string;
  /** Address that programs send their requests to. */
  readonly endpoint: string;
  /** Address that e-mail comes from. */
  readonly senderAddress: string;

  /**
   * Role that senders are given, `/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<guid>`.
   *
   * @default - the built-in role `Communication and Email Service Owner`
   */
  readonly sendRoleDefinitionId?: string;
}

/**
 * A domain of yours that e-mail comes from.
 */
export interface EmailDomain {
  /** The domain in lower case, a literal, e.g. `mail.example.com`; one of its own keeps its reputation apart. */
  readonly domainName: string;

  /**
   * Whether Azure has verified the domain. Terraform cannot ask for it: deploy, run `toSetupSteps()`, then say `true` and deploy again.
   *
   * Until then there are the domain and its records, and e-mail comes from Azure's own domain.
   *
   * @default false
   */
  readonly verified?: boolean;

  /**
   * Takes Azure's own domain away, so that e-mail can come from yours alone; needs `verified`, and is best said a deployment later,
   * when no program sends from the other one any more.
   *
   * @default false
   */
  readonly exclusive?: boolean;

  /**
   * Zone of the domain, or of one above it; it is asked for the records.
   *
   * @default - you make what `dnsRecords` lists
   */
  readonly dnsZone?: IDnsZone;

  /**
   * Names before the `@`, each with the name that people see; in lower case, never `donotreply`, which is there by itself.
   *
   * @default - none but `DoNotReply`
   */
  readonly senders?: { [userName: string]: string };

  /**
   * The name before the `@` that programs are told to send from, one of `senders`.
   *
   * @default 'DoNotReply'
   */
  readonly defaultSender?: string;

  /**
   * Who sends for the domain, where others do too: must include `spf.protection.outlook.com`, which is how Azure does.
   *
   * @default - Azure alone
   */
  readonly spf?: SpfRecord;

  /**
   * What receivers do with e-mail that only claims to come from the domain. Where other systems send for the domain and nobody knows
   * which, begin with `NONE` and reports.
   *
   * @default - treat it as junk
   */
  readonly dmarc?: DmarcRecord;

  /**
   * Leaves the DMARC record out, because the domain has one already; a second one would make both void.
   *
   * @default false
   */
  readonly dmarcManagedElsewhere?: boolean;

  /**
   * Whether Azure counts who opens an e-mail and follows its links, by pictures and rewritten addresses.
   *
   * @default false
   */
  readonly engagementTracking?: boolean;
}

/**
 * A record that a domain needs before Azure verifies it.
 */
export interface EmailDnsRecord {
  /** Type of the record: `TXT` or `CNAME`. */
  readonly type: string;
  /** Full name of the record. */
  readonly name: string;
  /** Its value, which Terraform knows once the domain is there. */
  readonly value: string;
}

/**
 * Something to do after a deployment that Terraform cannot do, as data: pipelines run it, runbooks print it.
 */
export interface EmailSetupStep {
  /** Short key that never changes, e.g. `VerifyDomain`. */
  readonly key: string;
  /** What the step achieves, in one sentence. */
  readonly summary: string;
  /** Shell commands with the real names, in order; safe to repeat. */
  readonly commands: string[];
  /** Minutes it takes at most. */
  readonly minutes: number;
}

/**
 * Properties for `EmailService`.
 */
export interface EmailServiceProps extends MonitoredProps, ProtectedProps {
  /**
   * Where Azure keeps what it stores about e-mail; create-only. On its way to the receiver an e-mail may pass other places.
   *
   * @default - the geography of the workload's region; Europe for one of the European Union that has none
   */
  readonly dataLocation?: EmailDataLocation;

  /**
   * A domain of yours; without one, or until it is verified, e-mail comes from a domain of Azure's, a few per minute.
   *
   * @default - Azure's own domain
   */
  readonly domain?: EmailDomain;

  /**
   * Role that senders are given, `/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<guid>`, where you have one
   * of your own: Azure has no built-in role that may send and nothing else.
   *
   * @default - the built-in role `Communication and Email Service Owner`, on this one service
   */
  readonly sendRoleDefinitionId?: string;

  /**
   * Name in Azure, of both services: 1 to 63 letters, digits or single hyphens, a letter first; unique in all of Azure; a literal.
   *
   * @default - derived from the workload, its environment and the construct path
   */
  readonly serviceName?: string;
}

/**
 * The Terraform resources behind an `EmailService`.
 */
export interface EmailServiceResources {
  /** What programs talk to. */
  readonly communicationService: CommunicationService;
  /** What the domains belong to. */
  readonly emailService: EmailCommunicationService;
  /** Azure's own domain, unless yours is the only one. */
  readonly managedDomain?: EmailCommunicationServiceDomain;
  /** The tie between that domain and the service. */
  readonly managedAssociation?: CommunicationServiceEmailDomainAssociation;
  /** The domain of yours, where there is one. */
  readonly domain?: EmailCommunicationServiceDomain;
  /** The tie between your domain and the service, once it is verified. */
  readonly domainAssociation?: CommunicationServiceEmailDomainAssociation;
  /** What may stand before the `@`, by that name, once the domain is verified. */
  readonly senders: { [userName: string]: EmailCommunicationServiceDomainSenderUsername };
  /** Keeps the service from being deleted, where it is guarded. */
  readonly deleteLock?: ManagementLock;
}

import { CommunicationService } from '@cdktf/provider-azurerm/lib/communication-service';
import { CommunicationServiceEmailDomainAssociation } from '@cdktf/provider-azurerm/lib/communication-service-email-domain-association';
import { EmailCommunicationService } from '@cdktf/provider-azurerm/lib/email-communication-service';
import { EmailCommunicationServiceDomain } from '@cdktf/provider-azurerm/lib/email-communication-service-domain';
import { EmailCommunicationServiceDomainSenderUsername } from '@cdktf/provider-azurerm/lib/email-communication-service-domain-sender-username';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { ConnectionConfig } from '../contracts/connection';
import { MonitoringTarget } from '../contracts/monitoring';
import { IPrincipal } from '../contracts/principal';
import { IRecoverable, RecoveryStep } from '../contracts/recovery';
import { aText, checkImport, checkKinds } from '../core/kinds';
import { stepPastLock } from '../core/lock-step';
import { nameOf } from '../core/naming';
import { defineDeleteLock, isGuarded, lifecycleOf } from '../core/protection';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { dataLocationFor } from './email-data-location';
import { askFor, recordsFor } from './email-records';
import { BUILT_IN, EMAIL_KINDS, emailProblems } from './email-rules';
import {
  EmailDnsRecord,
  EmailDomain,
  EmailServiceAttributes,
  EmailServiceProps,
  EmailServiceResources,
  EmailSetupStep,
  IEmailService,
} from './email-service-props';
import { emailSignals } from './email-signals';
import { newKeys, setupSteps } from './email-steps';

/** Sends, and may manage the service as well: Azure has no narrower one. */
const SEND_ROLE = 'Communication and Email Service Owner';

type ResourcesOfDomain = Pick<EmailServiceResources, 'domain' | 'domainAssociation' | 'senders'>;

abstract class EmailServiceBase extends Construct implements IEmailService {
  public abstract readonly communicationServiceId: string;
  public abstract readonly endpoint: string;
  public abstract readonly senderAddress: string;

  public grantSend(grantee: IPrincipal): Grant {
    const roleDefinitionId = this._sendRole();
    return Grant.once(this, {
      grantee,
      resourceId: this.communicationServiceId,
      ...(roleDefinitionId === undefined ? { role: SEND_ROLE } : { roleDefinitionId }),
    });
  }

  public bindClient(client: IPrincipal): ConnectionConfig {
    this.grantSend(client);
    return { settings: { ENDPOINT: this.endpoint, SENDER: this.senderAddress } };
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.communicationServiceId,
      metricNamespace: 'Microsoft.Communication/CommunicationServices',
      logSources: { Service: this.communicationServiceId },
      signals: emailSignals(this.communicationServiceId),
    };
  }

  /** @internal */
  public abstract _sendRole(): string | undefined;
}

/**
 * E-mail that programs send under their own identity: from a domain of Azure's at first, from yours once it is verified.
 *
 * What azurerm 4.55 has no argument for is left: the keys of the service are on until the step `KeysOff` of `toSetupSteps()` has
 * run, and they are in the state, so whoever reads that could send until then. Azure keeps a list of addresses that bounced and
 * sends them nothing for a while; suppression lists of your own are made outside of Terraform.
 */
export class EmailService extends EmailServiceBase implements IRecoverable {
  /** Refers to a service that is defined elsewhere. */
  public static fromAttributes(scope: Construct, id: string, attributes: EmailServiceAttributes): IEmailService {
    checkImport(scope, id, attributes, { communicationServiceId: aText, endpoint: aText, senderAddress: aText });
    class Import extends EmailServiceBase {
      public readonly communicationServiceId = attributes.communicationServiceId;
      public readonly endpoint = attributes.endpoint;
      public readonly senderAddress = attributes.senderAddress;
      /** @internal */
      public _sendRole(): string | undefined {
        return attributes.sendRoleDefinitionId;
      }
    }
    return new Import(scope, id);
  }

  public readonly communicationServiceId: string;
  public readonly endpoint: string;
  public readonly senderAddress: string;
  /** Name of the Communication Service in Azure, a literal. */
  public readonly serviceName: string;
  /** Records that your domain needs, to be made by hand where it has no zone here; none without a domain. */
  public readonly dnsRecords: EmailDnsRecord[];

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: EmailServiceResources;

  private readonly emailServiceName: string;
  private readonly props: EmailServiceProps;
  private readonly guarded: boolean;

  constructor(scope: Construct, id: string, props: EmailServiceProps = {}) {
    super(scope, id);
    checkKinds(this, props, EMAIL_KINDS);
    const workload = Workload.of(this);
    const dataLocation = dataLocationFor(this, props.dataLocation);
    rejectIf(this, ...emailProblems(this, props, dataLocation));

    this.props = props;
    this.guarded = isGuarded(this, props);
    this.serviceName = props.serviceName ?? nameOf(CommunicationService.tfResourceType, this);
    this.emailServiceName = props.serviceName ?? nameOf(EmailCommunicationService.tfResourceType, this);
    const place = {
      resourceGroupName: workload.resourceGroupName,
      dataLocation: dataLocation!,
      lifecycle: lifecycleOf(this.guarded),
    };
    const communicationService = new CommunicationService(this, 'Resource', { ...place, name: this.serviceName });
    const emailService = new EmailCommunicationService(this, 'EmailService', {
      ...place,
      name: this.emailServiceName,
    });
    this.communicationServiceId = communicationService.id;
    this.endpoint = `https://${communicationService.hostname}`;

    const managedDomain = props.domain?.exclusive
      ? undefined
      : this.defineDomain(emailService, 'ManagedDomain', 'AzureManagedDomain', 'AzureManaged');
    const managedAssociation = managedDomain && this.associate('ManagedAssociation', managedDomain);
    const ofDomain: ResourcesOfDomain = props.domain ? this.defineOwn(emailService, props.domain) : { senders: {} };
    this.dnsRecords = props.domain && ofDomain.domain ? recordsFor(props.domain, ofDomain.domain) : [];
    const { domainName, dnsZone } = props.domain ?? {};
    if (domainName !== undefined && dnsZone) {
      askFor(dnsZone, this.dnsRecords);
      workload.recordConnection({ name: domainName, client: this, target: dnsZone });
    }
    this.senderAddress = props.domain?.verified
      ? `${props.domain.defaultSender ?? BUILT_IN}@${props.domain.domainName}`
      : `${BUILT_IN}@${managedDomain?.fromSenderDomain}`;
    this.resources = {
      communicationService,
      emailService,
      managedDomain,
      managedAssociation,
      ...ofDomain,
      deleteLock: this.guarded
        ? defineDeleteLock(this, communicationService.id, 'Programs send e-mail by it.')
        : undefined,
    };
    workload.announce(this, props);
  }

  /**
   * What is left to do after each deployment, safe to repeat: to switch the keys off, and to have the domain verified as long as it
   * is not.
   */
  public toSetupSteps(): EmailSetupStep[] {
    const { domain } = this.props;
    return setupSteps({
      group: Workload.of(this).knownResourceGroupName,
      service: this.serviceName,
      emailService: this.emailServiceName,
      unverified: domain?.verified ? undefined : domain?.domainName,
    });
  }

  public toRecoverySteps(): RecoveryStep[] {
    const { guarded, serviceName } = this;
    const group = Workload.of(this).knownResourceGroupName;
    const locked = { group, type: 'Microsoft.Communication/communicationServices', names: [serviceName] };
    return [
      newKeys(group, serviceName),
      ...(guarded ? [stepPastLock(locked, 'take a role or a diagnostic setting away')] : []),
    ];
  }

  /** @internal */
  public _sendRole(): string | undefined {
    return this.props.sendRoleDefinitionId;
  }

  /** The domain at first; what needs a verified one only then, since Azure refuses it before. */
  private defineOwn(emailService: EmailCommunicationService, props: EmailDomain): ResourcesOfDomain {
    const { domainName, verified = false, senders = {}, engagementTracking = false } = props;
    const domain = this.defineDomain(emailService, 'Domain', domainName, 'CustomerManaged', engagementTracking);
    return {
      domain,
      domainAssociation: verified ? this.associate('Association', domain) : undefined,
      senders: Object.fromEntries(
        Object.entries(verified ? senders : {}).map(([userName, displayName]) => [
          userName,
          new EmailCommunicationServiceDomainSenderUsername(this, `Sender-${userName}`, {
            name: userName,
            displayName,
            emailServiceDomainId: domain.id,
          }),
        ]),
      ),
    };
  }

  private defineDomain(
    { id }: EmailCommunicationService,
    key: string,
    name: string,
    domainManagement: string,
    tracking: boolean = false,
  ): EmailCommunicationServiceDomain {
    return new EmailCommunicationServiceDomain(this, key, {
      name,
      emailServiceId: id,
      domainManagement,
      userEngagementTrackingEnabled: tracking,
      lifecycle: lifecycleOf(this.guarded),
    });
  }

  private associate(key: string, { id }: EmailCommunicationServiceDomain): CommunicationServiceEmailDomainAssociation {
    return new CommunicationServiceEmailDomainAssociation(this, key, {
      communicationServiceId: this.communicationServiceId,
      emailServiceDomainId: id,
    });
  }
}

import { CommunicationService } from '@cdktf/provider-azurerm/lib/communication-service';
import { Construct } from 'constructs';
import { aDnsZone } from '../core/collaborators';
import { anInstanceOf, aStruct, aText, aTextMap, Kinds, oneOf } from '../core/kinds';
import { nameProblem } from '../core/naming';
import { hasForm, isComputed, isText, shown } from '../core/validation';
import { DmarcRecord } from './dmarc-record';
import { dataLocationProblem, EmailDataLocation } from './email-data-location';
import { AZURE_SENDERS } from './email-records';
import { EmailDomain, EmailServiceProps } from './email-service-props';
import { SpfRecord } from './spf-record';

/** What a mail service takes. */
export const EMAIL_KINDS: Kinds<EmailServiceProps> = {
  'dataLocation?': oneOf(EmailDataLocation),
  'domain?': aStruct<EmailDomain>({
    domainName: aText,
    'dmarc?': anInstanceOf(DmarcRecord, 'DmarcRecord.reject(…)'),
    'dnsZone?': aDnsZone,
    'senders?': aTextMap,
    'spf?': anInstanceOf(SpfRecord, 'SpfRecord.of(…)'),
  }),
};

/** A role as Azure stores it; the provider replaces what has another form in every plan. */
const ROLE_DEFINITION_ID =
  /^\/subscriptions\/[^/]+\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f-]{36}$/i;

/** The one sender that each domain has from the start; making it again fails. */
export const BUILT_IN = 'DoNotReply';

/**
 * What is wrong with the props of a service, as clauses for `rejectIf()`.
 */
export function emailProblems(
  service: Construct,
  props: EmailServiceProps,
  dataLocation?: EmailDataLocation,
): Array<string | false> {
  const { domain, serviceName, sendRoleDefinitionId } = props;
  return [
    nameProblem(CommunicationService.tfResourceType, service, 'serviceName', serviceName),
    dataLocationProblem(service, dataLocation),
    sendRoleDefinitionId !== undefined &&
      !hasForm(sendRoleDefinitionId, ROLE_DEFINITION_ID) &&
      `'sendRoleDefinitionId' must be '/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<guid>', got ${shown(sendRoleDefinitionId)}`,
    ...(domain ? domainProblems(domain) : []),
  ];
}

function domainProblems(domain: EmailDomain): Array<string | false> {
  const { domainName, dnsZone, senders = {}, defaultSender, spf, dmarc, dmarcManagedElsewhere } = domain;
  const names = Object.keys(senders);
  return [
    domainNameProblem(domainName),
    dnsZone !== undefined &&
      !isComputed(domainName) &&
      domainName !== dnsZone.zoneName &&
      !domainName.endsWith(`.${dnsZone.zoneName}`) &&
      `'domain.domainName' must be the zone ${dnsZone.zoneName} or lie below it, got ${shown(domainName)}`,
    domain.exclusive === true &&
      domain.verified !== true &&
      "'domain.exclusive' must come with 'verified', because no domain is left to send from otherwise",
    ...names.map(
      (name) =>
        !isText(name, /^(?=.{1,64}$)[a-z0-9]+([._+-][a-z0-9]+)*$/) &&
        `'domain.senders' must have names of 1 to 64 lower-case letters or digits, with single '.', '_', '+' or '-' between them, got ${shown(name)}`,
    ),
    names.includes(BUILT_IN.toLowerCase()) &&
      `'domain.senders' must not have ${shown(BUILT_IN.toLowerCase())}, which every domain has by itself`,
    ...names.map(
      (name) =>
        !hasForm(senders[name], /^.{1,253}$/) &&
        `'domain.senders' must have 1 to 253 characters for people to see, and ${shown(name)} has ${senders[name].length}`,
    ),
    defaultSender !== undefined &&
      defaultSender !== BUILT_IN &&
      !names.includes(defaultSender) &&
      `'domain.defaultSender' must be one of 'senders' or ${shown(BUILT_IN)}, got ${shown(defaultSender)}`,
    spf !== undefined &&
      !spf._includes(AZURE_SENDERS) &&
      `'domain.spf' must include ${AZURE_SENDERS}, which is how Azure sends, got ${shown(spf.toText())}`,
    dmarcManagedElsewhere === true &&
      dmarc !== undefined &&
      "'domain.dmarc' must be left out with 'dmarcManagedElsewhere'",
  ];
}

function domainNameProblem(domainName: string): string | false {
  if (isComputed(domainName)) {
    return `'domain.domainName' must be a literal, because names of records are made from it; got ${shown(domainName)}`;
  }
  return (
    !/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(domainName) &&
    `'domain.domainName' must be a domain in lower case, got ${shown(domainName)}`
  );
}

import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { DnsRecordType } from '../contracts/dns';
import { aDnsZone } from '../core/collaborators';
import { aText, Kinds, someTexts } from '../core/kinds';
import { hasForm, isComputed, resolvedIn, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { zoneNameProblem } from './dns-record-rules';
import type { DnsRecordSet } from './dns-record-set';
import { DnsZoneAttributes, DnsZoneProps } from './dns-zone-props';

/** What a zone takes. */
export const ZONE_KINDS: Kinds<DnsZoneProps> = {
  zoneName: aText,
  'certificateAuthorities?': someTexts,
  'contactEmail?': aText,
  'parentZone?': aDnsZone,
  'ignoreChanges?': someTexts,
};

const { CNAME } = DnsRecordType;

/** Limits of Azure DNS: learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits. */
const MOST_VALUES = 20;
const MOST_SETS = 10_000;

/** Lets the one construct of a zone be found, whichever copy of the library made it. */
const CLAIM = Symbol.for('azure-platform-constructs.DnsZone.claim');

interface Claim {
  readonly domain: string;
  readonly group: string;
  readonly workload: IConstruct;
}

interface Claimant {
  readonly [CLAIM]?: Claim;
}

/**
 * What is wrong with the props of a zone, as clauses for `rejectIf()`.
 */
export function zoneProblems({
  zoneName,
  parentZone,
  contactEmail,
  certificateAuthorities,
}: DnsZoneProps): Array<string | false> {
  return [
    zoneNameProblem(zoneName),
    parentZone !== undefined &&
      !isComputed(zoneName) &&
      !zoneName.endsWith(`.${parentZone.zoneName}`) &&
      `'parentZone' must be a zone above ${zoneName}, got ${parentZone.zoneName}`,
    contactEmail !== undefined &&
      (isComputed(contactEmail) || !/^[a-z0-9._-]+@([a-z0-9-]+\.)+[a-z0-9-]+$/i.test(contactEmail)) &&
      `'contactEmail' must be a literal address of letters, digits, full stops, hyphens and underscores, because the SOA record writes it without @; got ${shown(contactEmail)}`,
    ...(certificateAuthorities ?? []).map(
      (authority) =>
        !hasForm(authority, /^([a-z0-9-]+\.)+[a-z]{2,}$/) &&
        `'certificateAuthorities' must be domains such as digicert.com, got ${shown(authority)}`,
    ),
    certificateAuthorities?.length === 0 &&
      "'certificateAuthorities' must name at least one, or leave it out for the one of Azure; got none",
    ...(certificateAuthorities ?? []).map(
      (authority) =>
        isComputed(authority) &&
        "'certificateAuthorities' must be literals, because they are part of a longer value; got a value that Terraform has yet to compute",
    ),
  ];
}

/**
 * What is wrong with a zone that is defined elsewhere, as clauses for `rejectIf()`.
 */
export function attributeProblems({ zoneName, resourceGroupName }: DnsZoneAttributes): Array<string | false> {
  return [
    zoneNameProblem(zoneName),
    !hasForm(resourceGroupName, /^[\w.()-]{1,90}$/) &&
      `'resourceGroupName' must be the name of a resource group, got ${shown(resourceGroupName)}`,
  ];
}

/**
 * What is wrong with a record set beside the others of its zone, as clauses for `rejectIf()`.
 *
 * @param sets All record sets of the zone, the new one included.
 * @param set The one that was changed.
 */
export function mergeProblems(sets: DnsRecordSet[], set: DnsRecordSet): Array<string | false> {
  const { type, name, texts, aliases } = set;
  const beside = sets.filter((other) => other !== set && other.name === name);
  const other = beside.find((one) => one.type === CNAME || type === CNAME);
  return [
    sets.length > MOST_SETS && `a zone of Azure has at most ${MOST_SETS} record sets`,
    texts.length > MOST_VALUES &&
      `the ${type} record set ${name} must have at most ${MOST_VALUES} values, got ${texts.length}`,
    type === CNAME &&
      texts.length > 1 &&
      `the CNAME ${name} must have one value, got ${texts.map((text) => JSON.stringify(text)).join(' and ')}`,
    aliases.length > 0 &&
      set.hasValues &&
      `the ${type} record set ${name} must be an alias or have values of its own, got both`,
    aliases.length > 1 && `the alias ${name} must lead to one resource, got ${aliases.join(' and ')}`,
    other !== undefined &&
      `a CNAME allows nothing beside it, and ${name} is asked for as ${[type, other.type].sort().join(' and ')}`,
  ];
}

/**
 * Marks a construct as the one that keeps the records of a domain, and says what is wrong where another one does already:
 * neither would know of the values that the other has under one name. Zones of one name in two resource groups are two.
 *
 * @param resourceGroupName Where the zone is.
 */
export function claimDomain(zone: IConstruct, domain: string, resourceGroupName: string): string | false {
  const claim: Claim = { domain, group: String(resolvedIn(zone, resourceGroupName)), workload: Workload.of(zone) };
  const other = TerraformStack.of(zone)
    .node.findAll()
    .find((found) => found !== zone && isSame((found as Claimant)[CLAIM], claim));
  Object.defineProperty(zone, CLAIM, { value: claim });
  return (
    other !== undefined &&
    `the zone ${domain} is kept by ${other.node.path} already: ask that one for records, two would overwrite each other`
  );
}

function isSame(one: Claim | undefined, { domain, group, workload }: Claim): boolean {
  return one?.domain === domain && (one.group === group || one.workload === workload);
}

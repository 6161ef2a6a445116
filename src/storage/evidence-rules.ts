import { IConstruct } from 'constructs';
import { anEncryptionKey, aNetwork } from '../core/collaborators';
import { aMapOf, aStruct, aText, Kinds, someTexts } from '../core/kinds';
import { canonicalLocation, regionNamed } from '../core/locations';
import { ignoreProblems } from '../core/protection';
import { allowedPairOf, residencyProblem } from '../core/residency';
import { isComputed, isText, isWholeBetween, shown, workspaceProblem } from '../core/validation';
import { Workload } from '../core/workload';
import { publicAddressProblems } from '../network/public-addresses';
import { EvidenceOptions } from './evidence-options';
import { EvidenceStoreProps } from './evidence-store-props';
import { capacityProblem, StorageLimit } from './tenant-capacity';

/** What a store takes. */
export const EVIDENCE_KINDS: Kinds<EvidenceStoreProps> = {
  'allowedIpRules?': someTexts,
  'containers?': aMapOf(aStruct<EvidenceOptions>({})),
  'encryptionKey?': anEncryptionKey,
  'network?': aNetwork,
  'replicaLocation?': aText,
  'ignoreChanges?': someTexts,
};

type Problem = string | false;

/** What is wrong with the props of a store, its name aside; of its containers as well, so that nothing is built by halves. */
export function storeProblems(owner: IConstruct, props: EvidenceStoreProps, recoveryDays: number): Problem[] {
  const { replicaLocation, allowedIpRules = [] } = props;
  return [
    ...secondRegionProblems(owner, replicaLocation),
    ...publicAddressProblems('allowedIpRules', allowedIpRules),
    workspaceProblem('auditWorkspaceId', props.auditWorkspaceId),
    ...ignoreProblems(props),
    capacityProblem(owner, StorageLimit.IP_RULES, allowedIpRules.length),
    !isWholeBetween(recoveryDays, 7, 365) &&
      `'recoveryDays' must be a whole number from 7 to 365, got ${shown(recoveryDays)}`,
    ...Object.entries(props.containers ?? {}).flatMap(([name, options]) =>
      evidenceProblems(name, options, props, `containers[${shown(name)}].`),
    ),
  ];
}

/** Evidence lies in two regions, wherever the environment wants that; where it cannot, somebody has to decide. */
function secondRegionProblems(owner: IConstruct, replica?: string): Problem[] {
  const { location, environment } = Workload.of(owner);
  if (replica === undefined) {
    const pair = regionNamed(location)?.pair;
    return [
      environment.profile.geoRedundant &&
        allowedPairOf(owner) === undefined &&
        `evidence must be copied to a second region, and ${pair === undefined ? `${location} has no pair` : `the pair of ${location}, ${pair}, is none that data may live in`}: name an allowed region with 'replicaLocation', or allow more with 'allowedLocations' or 'geography' on the workload`,
    ];
  }
  if (isComputed(replica)) {
    return [`'replicaLocation' must be a literal, because residency is checked at synthesis; got ${shown(replica)}`];
  }
  return [
    canonicalLocation(replica) === location
      ? `'replicaLocation' must be another region than that of the workload, got ${shown(replica)}`
      : residencyProblem(owner, "'replicaLocation'", replica),
  ];
}

/**
 * What is wrong with a container.
 *
 * @param of What its options belong to, where several containers are judged at once.
 */
export function evidenceProblems(
  name: string,
  { retentionDays = 1, appendable, locked }: EvidenceOptions,
  { replicaLocation, deletionProtection }: EvidenceStoreProps,
  of: string = '',
): Problem[] {
  return [
    isComputed(name)
      ? `the name of a container must be a literal, because addresses are made from it; got ${shown(name)}`
      : !isText(name, /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/) &&
        `the name of a container must have 3 to 63 lower-case letters, digits or single hyphens between them, got ${shown(name)}`,
    !isWholeBetween(retentionDays, 1, 146_000) &&
      `'${of}retentionDays' must be a whole number from 1 to 146000, got ${shown(retentionDays)}`,
    appendable === true &&
      replicaLocation !== undefined &&
      `'${of}appendable' must be false with a 'replicaLocation': only whole blobs are copied; leave the region out for a geo-redundant account`,
    locked === true &&
      deletionProtection === false &&
      `'${of}locked' takes 'deletionProtection': Azure refuses to delete the container, or its account, while a blob is held`,
  ];
}

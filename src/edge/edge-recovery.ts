import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { Workload } from '../core/workload';
import type { EdgeBackend } from './edge-backend';
import type { EdgeDomain } from './edge-domain';
import type { EdgeGateway } from './edge-gateway';

/** Minutes that a change takes to arrive at all places of Front Door. */
const EVERYWHERE = 20;

/**
 * How an edge is set right, with real names.
 *
 * @param edge The edge.
 * @param backends What it serves, by key.
 * @param domains Its domains.
 */
export function edgeRecovery(
  edge: EdgeGateway,
  backends: Array<[string, EdgeBackend]>,
  domains: EdgeDomain[],
): RecoveryStep[] {
  const { profileName, endpointName } = edge;
  const place = `--resource-group ${Workload.of(edge).knownResourceGroupName} --profile-name ${profileName}`;
  return [
    {
      key: 'PurgeCache',
      occasion: RecoveryOccasion.ROLLBACK,
      summary: `Has ${profileName} forget what it keeps of a bad release.`,
      commands: [`az afd endpoint purge ${place} --endpoint-name ${endpointName} --content-paths '/*'`],
      minutes: EVERYWHERE,
    },
    ...(edge.approvalCommands.length > 0
      ? [
          {
            key: 'ApproveOrigins',
            occasion: RecoveryOccasion.RESTORE,
            summary: `Approves the private links of ${profileName} where an origin is new or was made anew; until then the edge answers with errors.`,
            commands: edge.approvalCommands,
            minutes: EVERYWHERE,
          },
        ]
      : []),
    ...backends.flatMap(([key, backend]) => takingOut(key, backend, place)),
    ...domains.flatMap((domain) => provingAgain(domain, place)),
  ];
}

/**
 * Commands that approve what an edge asks of an origin, and nothing else.
 */
export function approvalOf(resourceId: string, requestMessage: string): string {
  const state = 'properties.privateLinkServiceConnectionState';
  const query = `[?${state}.status=='Pending' && ${state}.description=='${requestMessage}'].id`;
  return `az network private-endpoint-connection list --id ${resourceId} --query "${query}" --output tsv | xargs -r -n 1 az network private-endpoint-connection approve --description 'Front Door' --id`;
}

function takingOut(key: string, { resources }: EdgeBackend, place: string): RecoveryStep[] {
  const origins = Object.keys(resources.origins).sort();
  return origins.length < 2
    ? []
    : origins.map((origin) => ({
        key: `TakeOut-${key}-${origin}`,
        occasion: RecoveryOccasion.FAILOVER,
        summary: `Sends no request of ${key} to the origin ${origin}, until the next apply; the edge does so by itself where probes fail.`,
        commands: [
          `az afd origin update ${place} --origin-group-name ${key.toLowerCase()} --origin-name ${origin.toLowerCase()} --enabled-state Disabled`,
        ],
        minutes: EVERYWHERE,
      }));
}

/** The name of a whole zone is no CNAME, by which Front Door would see that it may renew the certificate. */
function provingAgain({ hostName, resources, _zoneOfApex: zone }: EdgeDomain, place: string): RecoveryStep[] {
  const domain = `${place} --custom-domain-name ${resources.customDomain.nameInput}`;
  const group = '"$ZONE_RESOURCE_GROUP"';
  return zone === undefined
    ? []
    : [
        {
          key: `ProveAgain-${hostName}`,
          occasion: RecoveryOccasion.RENEWAL,
          summary: `Proves twice a year, when its state is pending revalidation, that ${hostName} is ours, so that its certificate is renewed.`,
          commands: [
            `az afd custom-domain regenerate-validation-token ${domain}`,
            `TOKEN=$(az afd custom-domain show ${domain} --query validationProperties.validationToken --output tsv)`,
            `az network dns record-set txt update --resource-group ${group} --zone-name ${zone.zoneName} --name _dnsauth --set "txtRecords=[{\\"value\\":[\\"$TOKEN\\"]}]"`,
          ],
          minutes: 30,
        },
      ];
}

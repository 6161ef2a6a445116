import { Environment } from '../../src/core/environment';
import { DnsZone } from '../../src/edge/dns-zone';
import { DnsZoneProps } from '../../src/edge/dns-zone-props';
import { workloadIn } from '../support';

export const ENDPOINT =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Cdn/profiles/afd/afdEndpoints/fde';

export function zoneIn(environment = Environment.DEV, props: Partial<DnsZoneProps> = {}) {
  const workload = workloadIn(environment);
  return { workload, zone: new DnsZone(workload, 'Zone', { zoneName: 'example.com', ...props }) };
}

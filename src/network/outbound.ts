import { NatGateway } from '@cdktf/provider-azurerm/lib/nat-gateway';
import { NatGatewayPublicIpAssociation } from '@cdktf/provider-azurerm/lib/nat-gateway-public-ip-association';
import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { Construct } from 'constructs';
import {
  Aggregation,
  Comparison,
  IMonitored,
  MissingData,
  MonitoredProps,
  MonitoringTarget,
  Severity,
  Signal,
  SignalInterval,
} from '../contracts/monitoring';
import { nameOf } from '../core/naming';
import { Workload } from '../core/workload';

const NAMESPACE = 'Microsoft.Network/natGateways';

const EVERY_FIVE_MINUTES = {
  window: SignalInterval.FIVE_MINUTES,
  frequency: SignalInterval.FIVE_MINUTES,
  missingData: MissingData.IS_GOOD,
};

/** Thresholds of the Azure Monitor Baseline Alerts for NAT gateways. */
const SIGNALS: Signal[] = [
  {
    key: 'DatapathAvailability',
    summary: 'Outbound path unavailable',
    metric: { metricName: 'DatapathAvailability', aggregation: Aggregation.AVERAGE },
    comparison: Comparison.LESS_THAN,
    threshold: 90,
    severity: Severity.P1,
    runbook: 'nat-gateway-datapath-availability',
    ...EVERY_FIVE_MINUTES,
  },
  {
    key: 'FailedConnections',
    summary: 'Outbound connections fail',
    metric: {
      metricName: 'SNATConnectionCount',
      aggregation: Aggregation.TOTAL,
      dimensions: { ConnectionState: ['Failed'] },
    },
    comparison: Comparison.GREATER_THAN,
    threshold: 0,
    severity: Severity.P2,
    runbook: 'nat-gateway-failed-connections',
    ...EVERY_FIVE_MINUTES,
  },
  {
    key: 'DroppedPackets',
    summary: 'Outbound packets dropped',
    metric: { metricName: 'PacketDropCount', aggregation: Aggregation.TOTAL },
    comparison: Comparison.GREATER_THAN,
    threshold: 5,
    severity: Severity.P3,
    runbook: 'nat-gateway-dropped-packets',
    ...EVERY_FIVE_MINUTES,
  },
];

/** The Terraform resources behind `Outbound`. */
export interface OutboundResources {
  /** The gateway. */
  readonly natGateway: NatGateway;
  /** Its address. */
  readonly publicIp: PublicIp;
  /** What ties the two together. */
  readonly natGatewayPublicIpAssociation: NatGatewayPublicIpAssociation;
}

/**
 * One fixed address that a network's outbound traffic leaves from.
 */
export class Outbound extends Construct implements IMonitored {
  /** Azure resource id of the NAT gateway; whoever uses it waits until the gateway has its address. */
  public readonly natGatewayId: string;
  /** The address. */
  public readonly ipAddress: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: OutboundResources;

  constructor(scope: Construct, id: string, props: MonitoredProps) {
    super(scope, id);
    const workload = Workload.of(this);
    const { location, resourceGroupName } = workload;

    // Azure takes one zone or none for the gateway itself: none lives where Azure puts it, and its address is in all zones
    const natGateway = new NatGateway(this, 'Resource', {
      name: nameOf(NatGateway.tfResourceType, this),
      resourceGroupName,
      location,
      skuName: 'Standard',
    });
    const publicIp = new PublicIp(this, 'PublicIp', {
      name: nameOf(PublicIp.tfResourceType, this),
      resourceGroupName,
      location,
      sku: 'Standard',
      allocationMethod: 'Static',
      zones: workload.hasZones ? ['1', '2', '3'] : undefined,
    });
    const natGatewayPublicIpAssociation = new NatGatewayPublicIpAssociation(this, 'PublicIpAssociation', {
      natGatewayId: natGateway.id,
      publicIpAddressId: publicIp.id,
    });

    this.natGatewayId = natGatewayPublicIpAssociation.natGatewayId;
    this.ipAddress = publicIp.ipAddress;
    this.resources = { natGateway, publicIp, natGatewayPublicIpAssociation };
    workload.announce(this, props);
  }

  public toMonitoringTarget(): MonitoringTarget {
    const { natGateway } = this.resources;
    return { resourceId: natGateway.id, metricNamespace: NAMESPACE, logSources: {}, signals: SIGNALS };
  }
}

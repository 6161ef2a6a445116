import { DnsZone as AzureZone } from '@cdktf/provider-azurerm/lib/dns-zone';
import { ManagementLock } from '@cdktf/provider-azurerm/lib/management-lock';
import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { DnsRecord, DnsRecordOptions, DnsRecordType, IDnsZone } from '../contracts/dns';
import {
  Aggregation,
  Comparison,
  IMonitored,
  MissingData,
  MonitoringTarget,
  Severity,
  SignalInterval,
} from '../contracts/monitoring';
import { IRecoverable, RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { aText, checkImport, checkKinds, oneOf, someTexts } from '../core/kinds';
import { addressOf, ignoreProblems, isGuarded, lifecycleOf } from '../core/protection';
import { rejectIf } from '../core/validation';
import { Workload } from '../core/workload';
import { concernsMail, NO_MAIL, policyProblem } from './dns-mail';
import { aliasProblems, APEX, recordProblems } from './dns-record-rules';
import { DnsRecordSet } from './dns-record-set';
import { DnsZoneAttributes, DnsZoneProps } from './dns-zone-props';
import { attributeProblems, claimDomain, mergeProblems, ZONE_KINDS, zoneProblems } from './dns-zone-rules';

/** Where the certificates that Azure manages come from: of Front Door, App Service and Static Web Apps. */
const AUTHORITIES = ['digicert.com'];

/** Share of the record sets that a zone can have, in percent. */
const NEARLY_FULL = 80;

/**
 * The Terraform resources behind a `DnsZone`.
 */
export interface DnsZoneResources {
  /** The zone itself. */
  readonly zone: AzureZone;
  /** Its record sets, by type and name, e.g. `TXT _dmarc`; grows with them. */
  readonly recordSets: { [typeAndName: string]: TerraformResource };
  /** The delete lock, where the zone is guarded. */
  readonly deleteLock?: ManagementLock;
}

const A_TYPE = oneOf(DnsRecordType);

abstract class DnsZoneBase extends Construct implements IDnsZone {
  public abstract readonly zoneName: string;

  /** @internal */
  protected readonly _recordSets: { [typeAndName: string]: TerraformResource } = {};

  private readonly sets = new Map<string, DnsRecordSet>();

  constructor(
    scope: Construct,
    id: string,
    private readonly resourceGroupName: string,
  ) {
    super(scope, id);
  }

  public addRecord(type: DnsRecordType, name: string, values: string[], options: DnsRecordOptions = {}): DnsRecord {
    rejectIf(this, A_TYPE('type', type), aText('name', name), someTexts('values', values));
    const canonical = name.toLowerCase();
    rejectIf(this, ...recordProblems(this.zoneName, type, canonical, values, options));
    if (concernsMail(type, canonical, values)) {
      this._letMailIn();
    }
    return this._askFor(type, canonical, options, (set) => set.add(values, options));
  }

  public addAlias(type: DnsRecordType, name: string, resourceId: string, options: DnsRecordOptions = {}): DnsRecord {
    rejectIf(this, A_TYPE('type', type), aText('name', name));
    const canonical = name.toLowerCase();
    rejectIf(this, ...aliasProblems(this.zoneName, type, canonical, resourceId, options));
    return this._askFor(type, canonical, options, (set) => set.lead(resourceId, options));
  }

  /** @internal */
  protected _askFor(
    type: DnsRecordType,
    name: string,
    options: DnsRecordOptions,
    change: (set: DnsRecordSet) => void,
  ): DnsRecord {
    const key = keyOf(type, name);
    const place = { scope: this, zone: this._zoneReference, resourceGroupName: this.resourceGroupName };
    const set = this.sets.get(key) ?? new DnsRecordSet(place, type, name, options);
    this.sets.set(key, set);
    this._recordSets[key] = set.resource;
    change(set);
    rejectIf(this, ...mergeProblems([...this.sets.values()], set), policyProblem(name, set.texts));
    return { terraformAddress: addressOf(set.resource) };
  }

  /**
   * Takes back what says that there is no mail; what others asked for under the same names stays.
   *
   * @internal
   */
  protected _letMailIn(): void {
    for (const [type, name, value] of NO_MAIL) {
      const key = keyOf(type, name);
      const set = this.sets.get(key);
      if (set?.drop(value)) {
        this.sets.delete(key);
        delete this._recordSets[key];
        this.node.tryRemoveChild(set.resource.node.id);
      }
    }
  }

  /**
   * Name of the zone as its records refer to it.
   *
   * @internal
   */
  protected abstract get _zoneReference(): string;
}

/**
 * A public DNS zone that constructs ask for the records they need.
 *
 * Whoever asks, values of one name and type end up in one record set. From the start the zone says which authorities may issue
 * certificates, and that nobody sends mail from it, until somebody asks for mail records of the zone itself. Where the
 * environment protects data, a lock on its SOA record keeps the zone, whose name servers would be others if it was made anew,
 * and leaves records free to change.
 *
 * Not signed: DNSSEC has no resource in azurerm 4. Records of names below a child zone belong into that one.
 */
export class DnsZone extends DnsZoneBase implements IMonitored, IRecoverable {
  /**
   * Refers to a zone that is defined elsewhere; the records that are asked for here belong to this stack.
   *
   * Record sets that exist already, such as the SPF record of a zone in use, must be imported before the first apply, or
   * asked for where they are.
   */
  public static fromAttributes(scope: Construct, id: string, attributes: DnsZoneAttributes): IDnsZone {
    checkImport(scope, id, attributes, { zoneName: aText, resourceGroupName: aText });
    class Import extends DnsZoneBase {
      public readonly zoneName = attributes.zoneName;
      protected get _zoneReference(): string {
        return this.zoneName;
      }
    }
    const imported = new Import(scope, id, attributes.resourceGroupName);
    rejectIf(
      imported,
      ...attributeProblems(attributes),
      claimDomain(imported, attributes.zoneName, attributes.resourceGroupName),
    );
    return imported;
  }

  public readonly zoneName: string;
  /** Azure resource id of the zone. */
  public readonly zoneId: string;
  /** Names of the servers that answer for the zone; what the registrar or the zone above must know. */
  public readonly nameServers: string[];
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: DnsZoneResources;

  constructor(scope: Construct, id: string, props: DnsZoneProps) {
    const workload = Workload.of(scope);
    super(scope, id, workload.resourceGroupName);
    checkKinds(this, props, ZONE_KINDS);
    const { zoneName, parentZone, contactEmail } = props;
    const guarded = isGuarded(this, props);
    rejectIf(
      this,
      ...zoneProblems(props),
      ...ignoreProblems(props),
      claimDomain(this, zoneName, workload.resourceGroupName),
    );

    const zone = new AzureZone(this, 'Resource', {
      name: zoneName,
      resourceGroupName: workload.resourceGroupName,
      soaRecord: contactEmail === undefined ? undefined : { email: contactEmail.replace('@', '.') },
      lifecycle: lifecycleOf(guarded, ...(props.ignoreChanges ?? [])),
    });
    this.zoneName = zoneName;
    this.zoneId = zone.id;
    this.nameServers = zone.nameServers;
    this.resources = {
      zone,
      recordSets: this._recordSets,
      deleteLock: guarded ? this.defineLock() : undefined,
    };
    this.defineAuthorities(props);
    if (!props.mailElsewhere) {
      NO_MAIL.forEach(([type, name, value]) => this._askFor(type, name, {}, (set) => set.add([value], {})));
    }
    parentZone?.addRecord(DnsRecordType.NS, zoneName.slice(0, -parentZone.zoneName.length - 1), this.nameServers);
    workload.announce(this, props);
  }

  public toMonitoringTarget(): MonitoringTarget {
    return {
      resourceId: this.zoneId,
      metricNamespace: 'Microsoft.Network/dnszones',
      logSources: {},
      signals: [
        {
          key: 'RecordSets',
          summary: 'DNS zone nearly full',
          metric: { metricName: 'RecordSetCapacityUtilization', aggregation: Aggregation.MAXIMUM },
          comparison: Comparison.GREATER_THAN,
          threshold: NEARLY_FULL,
          window: SignalInterval.ONE_HOUR,
          frequency: SignalInterval.FIFTEEN_MINUTES,
          severity: Severity.P3,
          missingData: MissingData.IS_GOOD,
          runbook: 'dns-record-sets',
        },
      ],
    };
  }

  public toRecoverySteps(): RecoveryStep[] {
    const group = Workload.of(this).knownResourceGroupName;
    return [
      {
        key: 'Delegate',
        occasion: RecoveryOccasion.RESTORE,
        summary: `Shows the name servers of ${this.zoneName}, which are others after it was made anew; give them to whoever keeps the domain above it.`,
        commands: [
          `az network dns zone show --resource-group ${group} --name ${this.zoneName} --query nameServers --output tsv`,
        ],
        minutes: 60,
      },
    ];
  }

  /** @internal */
  protected get _zoneReference(): string {
    return this.resources.zone.name;
  }

  /** On the SOA record, which goes only together with the zone: a lock on the zone would keep every record as well. */
  private defineLock(): ManagementLock {
    return new ManagementLock(this, 'Lock', {
      name: 'no-delete',
      scope: `${this.zoneId}/SOA/${APEX}`,
      lockLevel: 'CanNotDelete',
      notes: 'Keeps the zone: made anew, it would have other name servers.',
    });
  }

  private defineAuthorities({ certificateAuthorities = AUTHORITIES, contactEmail }: DnsZoneProps): void {
    this.addRecord(DnsRecordType.CAA, APEX, [
      ...certificateAuthorities.map((authority) => `0 issue ${authority}`),
      ...(contactEmail === undefined ? [] : [`0 iodef mailto:${contactEmail}`]),
    ]);
  }
}

function keyOf(type: DnsRecordType, name: string): string {
  return `${type} ${name}`;
}

import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Aspects, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { Connection } from '../contracts/connection';
import { IMonitored, IWatcher, MonitoredProps } from '../contracts/monitoring';
import { aMonitored, anEnvironment, aWatcher } from './collaborators';
import { watchAddresses } from './duplicate-addresses';
import { Environment } from './environment';
import { Geography } from './geography';
import { aText, aTextMap, checkKinds, Kinds, oneOf, someTexts } from './kinds';
import { canonicalLocation, regionNamed } from './locations';
import { nameOf, nameProblem } from './naming';
import { allowedLocationsFor, regionProblem, residencyProblem, straysOf } from './residency';
import { foreignTagProblems, MandatoryTags, tagProblems, tagsWith } from './tagging';
import { hasForm, isComputed, isText, rejectIf, shown } from './validation';

const KINDS: Kinds<WorkloadProps> = {
  name: aText,
  environment: anEnvironment,
  location: aText,
  owner: aText,
  costCenter: aText,
  'organization?': aText,
  'allowedLocations?': someTexts,
  'geography?': oneOf(Geography),
  'tags?': aTextMap,
  'tagsManagedElsewhere?': someTexts,
};

/**
 * Properties for `Workload`.
 */
export interface WorkloadProps {
  /** Short name, 2 to 12 lower-case letters or digits, a letter first; becomes part of every resource name. */
  readonly name: string;
  /** Where this workload runs, and so which defaults hold. */
  readonly environment: Environment;
  /** Azure region of every resource, e.g. `westeurope` or `West Europe`; a literal. */
  readonly location: string;
  /** Team that answers for this workload; the tag `owner`. */
  readonly owner: string;
  /** Where the bill goes; the tag `cost-center`. */
  readonly costCenter: string;

  /**
   * Literal that tells you from every other organization, e.g. your domain or subscription id; part of the hash in names
   * that are unique in all of Azure. Changing it renames, and so replaces, what carries such a name.
   *
   * @default - none; an error where something globally named is built
   */
  readonly organization?: string;

  /**
   * Regions that data may live in, replicas and geo-redundant copies included.
   *
   * Where the environment wants a second region, allowing the pair of `location` later turns geo-redundant backups on, which replaces
   * databases and backup vaults: pin their `createOnly` and `redundancy` first.
   *
   * @default - the regions of `geography`
   */
  readonly allowedLocations?: string[];

  /**
   * Geography that data may live in, in addition to `allowedLocations`.
   *
   * @default - the geography of `location`, unless `allowedLocations` are given
   */
  readonly geography?: Geography;

  /**
   * Existing resource group to deploy into, by name.
   *
   * @default - a new resource group
   */
  readonly resourceGroupName?: string;

  /**
   * Tags on every resource, beside `workload`, `environment`, `owner` and `cost-center`, which win; up to 46. Names have 1 to
   * 128 characters, values up to 256. DNS and items of Key Vaults take 15 tags in all; names that DNS or Front Door do not take are
   * left out there, with a warning.
   *
   * @default - no others
   */
  readonly tags?: { [key: string]: string };

  /**
   * Names of tags that somebody else writes on resources, e.g. Azure Policy: Terraform neither takes them away nor tells of them.
   * Literals.
   *
   * @default - none: what Terraform did not write, it takes away
   */
  readonly tagsManagedElsewhere?: string[];
}

/**
 * The Terraform resources behind a `Workload`.
 */
export interface WorkloadResources {
  /** The group that holds every resource of the workload, unless an existing one is used. */
  readonly resourceGroup?: ResourceGroup;
}

/**
 * The scope all other constructs live in: one name, one environment, one region, one resource group.
 *
 * Lives in any `TerraformStack`, beside other workloads and plain resources. Tags everything below it, and refuses at
 * synthesis whatever lies outside of its allowed regions.
 */
export class Workload extends Construct {
  /**
   * The workload a construct belongs to; an error outside of one.
   *
   * @param construct Any construct below a workload.
   */
  public static of(construct: IConstruct): Workload {
    const found = construct.node.scopes.reverse().find(Workload.isWorkload);
    if (!found) {
      throw new Error(
        `${construct.node.path}: define this construct inside a Workload, e.g. with 'new Workload(stack, …)' as its scope`,
      );
    }
    return found;
  }

  private static isWorkload(x: IConstruct): x is Workload {
    return WORKLOAD in x;
  }

  /** Short name of this workload. */
  public readonly name: string;
  /** Environment this workload is deployed to. */
  public readonly environment: Environment;
  /** Azure region of every resource, as Terraform spells it. */
  public readonly location: string;
  /** Whether that region has availability zones. */
  public readonly hasZones: boolean;
  /** Regions that data may live in, as Terraform spells them, sorted. */
  public readonly allowedLocations: string[];
  /** Literal that names unique in all of Azure are made with, if one was given. */
  public readonly organization?: string;
  /** Name of the group that holds every resource. */
  public readonly resourceGroupName: string;
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: WorkloadResources;

  private readonly announced: IMonitored[] = [];
  private readonly watchers: IWatcher[] = [];
  private readonly recorded: Connection[] = [];

  constructor(scope: Construct, id: string, props: WorkloadProps) {
    super(scope, id);
    Object.defineProperty(this, WORKLOAD, { value: true });
    checkKinds(this, props, KINDS);

    const existing = props.resourceGroupName;
    this.allowedLocations = allowedLocationsFor(props.location, props.allowedLocations, props.geography);
    rejectIf(
      this,
      ...problemsOf(props),
      residencyProblem(this, "'location'", props.location),
      existing !== undefined &&
        !isComputed(existing) &&
        nameProblem(ResourceGroup.tfResourceType, this, 'resourceGroupName', existing),
    );

    this.name = props.name;
    this.environment = props.environment;
    this.location = canonicalLocation(props.location);
    this.hasZones = regionNamed(props.location)?.zones ?? false;
    this.organization = props.organization;

    const resourceGroup = existing === undefined ? this.defineResourceGroup() : undefined;
    this.resourceGroupName = resourceGroup?.name ?? existing ?? '';
    this.resources = { resourceGroup };

    const own = {
      workload: props.name,
      environment: props.environment.name,
      owner: props.owner,
      'cost-center': props.costCenter,
    };
    const tags = new MandatoryTags(tagsWith(props.tags ?? {}, own), props.tagsManagedElsewhere);
    Aspects.of(this).add(tags);
    this.node.addValidation({ validate: () => [...straysOf(this), ...tags.problemsOf(this)] });
    watchAddresses(TerraformStack.of(this));
  }

  /** The same name as a literal, for commands that people type; only as literal as the one that was given. */
  public get knownResourceGroupName(): string {
    return this.resources.resourceGroup?.nameInput ?? this.resourceGroupName;
  }

  /** Connections between constructs of this workload, in the order they were made. */
  public get connections(): Connection[] {
    return [...this.recorded];
  }

  /**
   * Makes a construct known to whatever watches this workload, now or later.
   *
   * Called by constructs, as the last thing in their constructor.
   *
   * @param monitored The construct, complete.
   * @param options Says whether it wants to be left out.
   */
  public announce(monitored: IMonitored, options: MonitoredProps = {}): void {
    rejectIf(this, aMonitored('monitored', monitored));
    if (options.unmonitored) {
      return;
    }
    this.announced.push(monitored);
    this.watchers.forEach((watcher) => watcher.monitor(monitored));
  }

  /**
   * Shows a watcher every construct that announces itself, those already there and those to come.
   *
   * @param watcher Usually an `ObservabilityStack`, which calls this itself.
   */
  public addWatcher(watcher: IWatcher): void {
    rejectIf(this, aWatcher('watcher', watcher));
    this.watchers.push(watcher);
    this.announced.forEach((monitored) => watcher.monitor(monitored));
  }

  /**
   * Remembers a connection, for diagrams.
   *
   * Called by constructs that connect.
   */
  public recordConnection(connection: Connection): void {
    this.recorded.push(connection);
  }

  private defineResourceGroup(): ResourceGroup {
    return new ResourceGroup(this, 'Resource', {
      name: nameOf(ResourceGroup.tfResourceType, this),
      location: this.location,
    });
  }
}

/** Tags of every resource. */
const MANDATORY = ['workload', 'environment', 'owner', 'cost-center'];

const WORKLOAD = Symbol.for('azure-platform-constructs.Workload');

function problemsOf(props: WorkloadProps): Array<string | false> {
  const { name, location, organization, allowedLocations, geography } = props;
  return [
    literalProblem('name', name, 'every name is made from it') ||
      (!isText(name, /^[a-z][a-z0-9]{1,11}$/) &&
        `'name' must be 2 to 12 lower-case letters or digits and start with a letter, got ${shown(name)}`),
    literalProblem('location', location, 'names, zones and residency follow from it'),
    allowedLocations?.length === 0 &&
      geography === undefined &&
      "'allowedLocations' must name at least one region; leave it out for the geography of 'location'",
    ...(allowedLocations ?? []).map(
      (allowed) =>
        literalProblem('allowedLocations', allowed, 'every location is compared with them') ||
        regionProblem("'allowedLocations'", allowed),
    ),
    organization !== undefined &&
      (literalProblem('organization', organization, 'names are made from it') ||
        (organization.trim() === '' && `'organization' must not be empty, got ${shown(organization)}`)),
    ...(['owner', 'costCenter'] as const).map(
      (prop) =>
        !hasForm(props[prop], /^(?=.*\S).{1,256}$/s) &&
        `'${prop}' must have 1 to 256 characters, because it becomes a tag; got ${shown(props[prop])}`,
    ),
    ...tagProblems(props.tags ?? {}, MANDATORY),
    ...foreignTagProblems(props.tagsManagedElsewhere ?? [], [...MANDATORY, ...Object.keys(props.tags ?? {})]),
  ];
}

function literalProblem(prop: string, value: string, reason: string): string | false {
  return isComputed(value) && `'${prop}' must be a literal, because ${reason} at synthesis; got ${shown(value)}`;
}

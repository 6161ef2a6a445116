import { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  BuildIdentity,
  DeploymentIdentities,
  Environment,
  GithubEnvironments,
  IDeploymentIdentities,
  PromotionPipeline,
  Workload,
} from '../../src';
import {
  anyText,
  built,
  Choice,
  flag,
  formed,
  list,
  literal,
  literalFormed,
  literalText,
  Prop,
  record,
  structOf,
  whole,
} from './kit/choices';
import { guid, resourceId, uuid, word, LOWER } from './kit/forms';
import { describeProperties } from './kit/lane';
import { Blocks, Place, Subject, Values } from './kit/subject';
import { GROUP, pipelineAside } from './pipelines/aside';

const SHARED = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers';
const IDENTITY = `${SHARED}/Microsoft.ManagedIdentity/userAssignedIdentities/id-deploy`;

const { DEV, PROD } = Environment;

// another one in each program: an identity has no two credentials of one name
const literalId = literalText(
  uuid().map((id) => `${IDENTITY}-${id}`),
  ...['', 'a b', SHARED, `${IDENTITY}/x`, IDENTITY.toLowerCase()],
);
const ids = { clientId: guid().good, principalId: guid().good };

/** An identity that is there already. */
const existing: Prop = {
  good: fc.record({ identityId: literalId.good, ...ids }).map(structOf),
  bad: fc.record({ identityId: literalId.bad!, ...ids }).map(structOf),
};

/** Groups, always with the one that the stacks deploy into; also named twice. */
const groups: Prop = {
  good: fc.subarray(['rg-a', 'rg.(b)_', 'rg-a']).map((names) => literal([...names, GROUP])),
  bad: list(literalFormed(/^[\w.()-]{0,89}[\w()-]$/, fc.constant(GROUP), 'x.', 'a/b', 'x'.repeat(91)), { min: 1 }).bad,
};

const key = fc.constantFrom('zone', 'Hub_net', 'a-1', 'x'.repeat(40));
const BAD_KEYS = ['', '1a', 'a b', 'x'.repeat(41), 'ä'];
const scopeId = formed(
  /^\/subscriptions\/[^/]+(\/.+)?$/,
  fc.constantFrom(`/subscriptions/${SHARED.split('/')[2]}`, `${SHARED}/Microsoft.Network/dnsZones/example.com`),
  'name-only',
);

const identities: Subject<{ workload: Workload; pipeline: PromotionPipeline }> = {
  name: 'DeploymentIdentities',
  required: ['stateAccountId'],
  props: {
    stateAccountId: resourceId('Microsoft.Storage/storageAccounts'),
    stateContainerName: formed(
      /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/,
      fc.constantFrom('tfstate', 'a-b', 'x'.repeat(63)),
      'a--b',
      'ab',
      'A'.repeat(9),
    ),
    stage: literalText(fc.constantFrom('dev', 'test', 'staging', 'preprod', 'prod'), 'qa', '', 'Prod', 'constructor'),
    resourceGroupNames: groups,
    subscriptionWide: flag(),
    otherScopes: record(key, scopeId, [...BAD_KEYS, 'subscription']),
    otherRoles: list(
      literalText(
        fc.constantFrom('AcrPull', 'Key Vault Secrets User', '7f951dda-4ed3-4680-a7ca-43fe172d538d'),
        ...['Owner', 'User Access Administrator', 'Nonsense', '', 'constructor'],
        '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
      ),
    ),
    subscriptionId: guid(),
    tenantId: guid(),
    planIdentity: existing,
    applyIdentity: existing,
    rollbackIdentity: existing,
  },
  ground: (place) => ({ workload: place.workload(), pipeline: pipelineAside(place.id) }),
  define: ({ workload, pipeline }, props) => void new DeploymentIdentities(workload, 'Subject', { pipeline, ...props }),
  path: (id) => `${id}/Subject`,
  tame: ({ subscriptionWide }) => (subscriptionWide?.value ? ['resourceGroupNames'] : []),
  combined: ({ subscriptionWide, resourceGroupNames }, { organization }) => [
    ...(organization === undefined ? ['organization'] : []),
    ...(subscriptionWide && resourceGroupNames !== undefined ? ['resourceGroupNames'] : []),
  ],
  emits: {
    stateAccountId: (blocks) => stateOf(blocks)[0],
    stateContainerName: (blocks) => stateOf(blocks)[1],
    subscriptionWide: (blocks) =>
      named(blocks, 'azurerm_role_assignment', '_Apply_Contributor-subscription_').length > 0,
  },
  absent: { stateContainerName: () => 'tfstate' },
};

/** Account and container that the identity which plans may read. */
function stateOf(blocks: Blocks): string[] {
  const [{ scope }] = named(blocks, 'azurerm_role_assignment', '_Plan_State');
  return scope.split('/blobServices/default/containers/');
}

function named(blocks: Blocks, type: string, part: string): any[] {
  return Object.entries(blocks[type] ?? {}).flatMap(([id, block]) => (id.includes(part) ? [block] : []));
}

const registries = record(key, resourceId('Microsoft.ContainerRegistry/registries'), BAD_KEYS);

const build: Subject<{ workload: Workload; pipeline: PromotionPipeline }> = {
  name: 'BuildIdentity',
  required: ['registries'],
  props: {
    registries: {
      good: registries.good.filter(({ value }) => Object.keys(value as object).length > 0),
      bad: fc.oneof({ weight: 5, arbitrary: registries.bad! }, fc.constant(literal({}))),
    },
    identity: existing,
  },
  ground: (place) => ({ workload: place.workload(), pipeline: pipelineAside(place.id) }),
  define: ({ workload, pipeline }, props) => void new BuildIdentity(workload, 'Subject', { pipeline, ...props }),
  path: (id) => `${id}/Subject`,
  combined: (_, { organization }) => (organization === undefined ? ['organization'] : []),
};

/** Looks like the identities of a stage. */
class Identities extends Construct implements IDeploymentIdentities {
  public readonly tenantId = '00000000-0000-0000-0000-000000000001';
  public readonly subscriptionId = '00000000-0000-0000-0000-000000000002';
  public readonly planClientId = '00000000-0000-0000-0000-000000000003';
  public readonly applyClientId = '00000000-0000-0000-0000-000000000004';
  public readonly rollbackClientId = '00000000-0000-0000-0000-000000000005';

  constructor(
    scope: Construct,
    public readonly stage: string,
  ) {
    super(scope, `Identities-${stage}`);
  }
}

const CLIENT = Object.assign(new Construct(undefined as unknown as Construct, ''), { clientId: 'client' });

/** Stages that have identities, by name; another one is missing, or there twice. */
const STAGES: Record<string, string[]> = { both: ['dev', 'prod'], one: ['prod'], twice: ['prod', 'dev', 'prod'] };
const stagesOf = (which: string): Choice => ({ ...built(which, () => STAGES[which]), value: which });

interface Repository {
  readonly home: Construct;
  readonly pipeline: PromotionPipeline;
}

const SMALL = { stages: [{ environment: DEV }, { environment: PROD }] };

const repositoryIn = (place: Place): Repository => ({
  home: new Construct(place.stack, place.id),
  pipeline: pipelineAside(place.id, SMALL),
});

function githubIn({ home, pipeline }: Repository, { identities: stages = STAGES.both, ...props }: Values) {
  const all = stages.map((stage: string, i: number) => new Identities(new Construct(home, `At-${i}`), stage));
  return new GithubEnvironments(home, 'Subject', { pipeline, identities: all, buildIdentity: CLIENT, ...props });
}

const environments: Subject<Repository> = {
  name: 'GithubEnvironments',
  alone: true,
  props: {
    identities: { good: fc.constant(stagesOf('both')), bad: fc.constantFrom('one', 'twice').map(stagesOf) },
    requiredApprovals: whole(0, 10, { literals: true }),
    codeOwnerApproval: flag(),
    selfApproval: flag(),
    administratorsBypass: flag(),
    withoutRules: flag(),
  },
  ground: repositoryIn,
  define: (repository, props) => void githubIn(repository, props),
  path: (id) => `${id}/Subject`,
  tame: ({ withoutRules }) => (withoutRules?.value ? ['requiredApprovals', 'codeOwnerApproval'] : []),
  emits: {
    withoutRules: (blocks) => blocks.github_repository_ruleset === undefined,
    administratorsBypass: (blocks) =>
      named(blocks, 'github_repository_environment', '_Environment-prod')[0].can_admins_bypass,
  },
  absent: { withoutRules: () => false, administratorsBypass: () => false },
};

const variable: Subject<GithubEnvironments> = {
  name: 'GithubEnvironments.addVariable',
  alone: true,
  required: ['environment', 'name', 'value'],
  props: {
    environment: literalText(fc.constantFrom('dev', 'prod', 'build'), 'qa', '', 'constructor'),
    name: literalFormed(
      /^(?!GITHUB_)[A-Z][A-Z0-9_]{0,254}$/,
      fc
        .tuple(word(LOWER, LOWER, 1, 20), uuid())
        .map(([a, b]) => `${a}_${b.slice(0, 4)}`.toUpperCase().replace(/-/g, '_')),
      ...['GITHUB_X', 'lower', '1A', 'A-B'],
    ),
    value: anyText(),
  },
  ground: (place) => githubIn(repositoryIn(place), {}),
  define: (github, { environment, name, value }) => github.addVariable(environment, name, value),
  path: (id) => `${id}/Subject`,
};

describeProperties(identities, build, environments, variable);

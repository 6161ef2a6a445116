import { readFileSync } from 'fs';
import { join } from 'path';
import * as library from 'azure-platform-constructs';
import {
  AzureApp,
  AzureProviders,
  Environment,
  Geography,
  PrivateDns,
  PrivateNetwork,
  Workload,
} from 'azure-platform-constructs';
import { TerraformStack } from 'cdktf';
import type * as Platform from '../../examples/fundraising-platform/platform';
import { scratch } from '../support/scratch';
import { current, Gap, withGaps } from './absence';

// here and now: a module that is loaded at its first use would be the one that is mocked
const real = library;

/** The platform again, with a library that can do without one of its constructs; the library is not loaded again. */
function platformWithGaps(): typeof Platform {
  let platform: typeof Platform | undefined;
  jest.isolateModules(() => {
    jest.doMock('azure-platform-constructs', () => withGaps(real));
    platform = jest.requireActual<typeof Platform>('../../examples/fundraising-platform/platform');
    jest.dontMock('azure-platform-constructs');
  });
  return platform!;
}

const VNET =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers/Microsoft.Network/virtualNetworks/vnet';

/** What somebody who removes a construct has to say instead, because nothing safe could be assumed. */
const INSTEAD: { [id: string]: Omit<Gap, 'ids'> } = {
  // nothing private is without a network, so that one that exists already takes its place
  Network: {
    replacements: {
      Network: (scope, id) =>
        PrivateNetwork.fromAttributes(scope, id, {
          virtualNetworkId: VNET,
          appSubnetId: `${VNET}/subnets/app`,
          endpointSubnetId: `${VNET}/subnets/endpoints`,
          dataSubnetId: `${VNET}/subnets/data`,
          privateDns: PrivateDns.managedByPolicy(),
        }),
    },
  },
  // a front end is closed but for its edge, so that without one it asks who may reach it
  Edge: { answers: { Site: { publiclyReachable: true } } },
};

const { definePlatform } = platformWithGaps();
const outdir = scratch('removal');

const children = childrenOf(definedWithout({ ids: [] }).workload);
const removable = current.ids.filter((id) => children.includes(id));

test('the platform has constructs to remove', () => {
  expect(removable).toEqual(expect.arrayContaining(['Network', 'Vault', 'Database', 'Observability', 'Api', 'Edge']));
});

test.each(removable)('without %s, the rest synthesizes, and nothing refers to it', (id) => {
  // most of the time goes into what watches the others, whichever they are: it is there when it is not about them
  const ids = ['Observability', 'Channels'].includes(id) ? [id] : [id, 'Observability'];
  const left = platformWithout({ ids, ...INSTEAD[id] });
  expect(left.children).toEqual(children.filter((child) => !ids.includes(child) || INSTEAD[child]?.replacements));
  expect(left.text).not.toContain(`Fundraising_${id}_`);
});

test('without the edge, nobody is let into the front end unless somebody says so', () => {
  expect(() => platformWithout({ ids: ['Edge', 'Observability'] })).toThrow(
    "Site: nobody can reach the site: give it a 'network', put an edge in front of it, or set 'publiclyReachable' to true",
  );
});

/** The platform in production, synthesized: what is in the workload, and what Terraform gets. */
function platformWithout(gap: Gap): { children: string[]; text: string } {
  const { app, workload } = definedWithout(gap);
  app.synth();
  return {
    children: childrenOf(workload),
    text: readFileSync(join(outdir, 'stacks', 'platform', 'cdk.tf.json'), 'utf8'),
  };
}

function definedWithout(gap: Gap): { app: AzureApp; workload: Workload } {
  const environment = Environment.PROD;
  Object.assign(current, { gap, ids: [] });
  const app = new AzureApp({ outdir });
  const stack = new TerraformStack(app, 'platform');
  new AzureProviders(stack, 'Providers', { environment });
  const workload = new Workload(stack, 'Fundraising', {
    name: 'fundraising',
    environment,
    location: 'westeurope',
    geography: Geography.EUROPEAN_UNION,
    organization: 'example.com',
    owner: 'team-fundraising',
    costCenter: '4720',
  });
  definePlatform(workload, { domain: 'example.com', addressSpace: '10.82.0.0/22', monthlyBudget: 4500 });
  return { app, workload };
}

function childrenOf({ node }: Workload): string[] {
  return node.children.map((child) => child.node.id);
}

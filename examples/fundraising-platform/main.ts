// A fundraising product in three environments, from one definition: an API, a front end, a database, a cache, secrets, e-mail and a
// domain behind one edge; watched, budgeted, backed up, and promoted by one pipeline. What differs is in the table of the library.
import { join } from 'path';
import {
  AzureApp,
  AzureProviders,
  AzureState,
  Diagram,
  Environment,
  Geography,
  Runbook,
  StateAccount,
  Workload,
} from 'azure-platform-constructs';
import { TerraformStack } from 'cdktf';
import { defineApplications, definePipeline, defineTrust, writeFlow, writeSettings } from './delivery';
import { definePlatform, Place } from './platform';

const PRODUCT = {
  location: 'westeurope',
  geography: Geography.EUROPEAN_UNION,
  organization: 'example.com',
  owner: 'team-fundraising',
  costCenter: '4720',
};

const PLACES: Array<Place & { environment: Environment }> = [
  { environment: Environment.DEV, domain: 'dev.example.com', addressSpace: '10.80.0.0/22', monthlyBudget: 400 },
  { environment: Environment.STAGING, domain: 'staging.example.com', addressSpace: '10.81.0.0/22', monthlyBudget: 900 },
  { environment: Environment.PROD, domain: 'example.com', addressSpace: '10.82.0.0/22', monthlyBudget: 4500 },
];

const app = new AzureApp();
const pipeline = definePipeline(
  app,
  PLACES.map(({ environment }) => environment),
);

const platforms = PLACES.map(({ environment, ...place }) => {
  const stack = new TerraformStack(app, `fundraising-platform-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });
  new AzureState(stack, 'State', { environment, storageAccountName: stateNameIn(environment) });
  const workload = new Workload(stack, 'Fundraising', { name: 'fundraising', environment, ...PRODUCT });
  const platform = definePlatform(workload, place);
  pipeline.addStack(stack);
  return { ...platform, ...place, stage: environment.name };
});

defineApplications(pipeline, platforms[platforms.length - 1]);

// Deployed by hand, once: where states are kept, who the workflows sign in as, and, in stacks called 'github', what they read
const bases = PLACES.map(({ environment }) => {
  const stack = new TerraformStack(app, `fundraising-platform-base-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });
  const base = new Workload(stack, 'Base', { name: 'fundbase', environment, ...PRODUCT });
  new StateAccount(base, 'State', { storageAccountName: stateNameIn(environment), allowedIpRules: ['203.0.113.0/28'] });
  return base;
});
defineTrust(pipeline, bases, app, platforms);

// Drawn and written from the definition, and so as true as it is; 'azure-platform-constructs files' puts them into the repository
const production = app.node.findChild('fundraising-platform-prod');
const contacts = [{ name: 'On call', role: 'leads the recovery', reach: 'on-call@example.com' }];
Runbook.of(production, { contacts }).write(join(app.outdir, 'files', 'runbook', 'docs'));
Diagram.of(production).write(join(app.outdir, 'files', 'diagram', 'docs'));
writeFlow(join(app.outdir, 'files', 'pipeline', 'docs'), pipeline);
writeSettings(join(app.outdir, 'files', 'site', 'site'), platforms);

app.synth();

function stateNameIn({ name }: Environment): string {
  return `stfundraising${name}`;
}

import { TerraformStack } from 'cdktf';
import * as fc from 'fast-check';
import { Environment, HookPoint, PipelineLanguage, PipelineStep, PromotionPipeline } from '../../src';
import { literal, literalText, oneOf, text } from './kit/choices';
import { uuid } from './kit/forms';
import { describeProperties } from './kit/lane';
import { Place, Subject } from './kit/subject';
import { expectThat } from './kit/trial';
import { applicationConflicts, applicationProps, mended } from './pipelines/applications';
import { aside } from './pipelines/aside';
import { checkWorkflows } from './pipelines/checks';
import { STEP_REQUIRED, stepOf, stepProps } from './pipelines/steps';

const { DEV, PROD } = Environment;

/** A pipeline that carries something already. */
function smallIn({ id }: Place): PromotionPipeline {
  const made = new PromotionPipeline(aside(id), 'Pipeline', {
    repository: 'example/shop',
    stages: [{ environment: DEV }, { environment: PROD, approvals: [] }],
  });
  made.addApplication('taken', { language: PipelineLanguage.NODE, directory: 'taken' });
  Object.values(HookPoint).forEach((point) =>
    made.addStep(point, PipelineStep.command('Taken', PipelineLanguage.NONE, ['true'])),
  );
  made.addApplication('in-use', { language: PipelineLanguage.NODE, directory: 'in-use' });
  return made;
}

const application: Subject<PromotionPipeline> = {
  name: 'PromotionPipeline.addApplication',
  required: ['name', 'language', 'directory'],
  props: applicationProps,
  ground: smallIn,
  define: (made, { name, ...props }) => {
    made.addApplication(name, props);
    checkWorkflows(made);
  },
  path: (id) => `${id}/Pipeline`,
  called: { name: '(?:name|application)' },
  tame: (given) => {
    const values = Object.fromEntries(Object.entries(given).map(([prop, { value }]) => [prop, value]));
    const kept = Object.keys(mended(values));
    return applicationConflicts(values).length > 0
      ? ['artifact', 'registry', 'target', ...(kept.includes('buildCommands') ? [] : ['buildCommands'])]
      : [];
  },
  combined: applicationConflicts,
};

const addedStep: Subject<PromotionPipeline> = {
  name: 'PromotionPipeline.addStep',
  required: STEP_REQUIRED,
  props: stepProps,
  ground: smallIn,
  define: (made, props) => {
    made.addStep(props.point, stepOf(props));
    // which of its applications push an image is known by then
    made._files();
    checkWorkflows(made);
  },
  path: (id) => `${id}/Pipeline`,
  called: { name: '(?:name|step)' },
  combined: ({ point, azure }) => (point === 'pull-request' && azure ? ['azure'] : []),
  // its applications are packages: nobody is signed in after their build
  overlooked: ({ point, azure }) => (point === 'after-build' && azure ? ['azure'] : []),
};

const NAMES = ['shop', 'Shop-db.1', '1st', 'x_y'];

const addedStack: Subject<PromotionPipeline> = {
  name: 'PromotionPipeline.addStack',
  required: ['name', 'stage'],
  props: {
    // one of another name would be the same for Azure Pipelines
    name: {
      good: fc.constantFrom(...NAMES).map(literal),
      bad: fc.constantFrom('net-dev', 'net_dev', 'Net.Dev', 'a$b', 'ä').map(literal),
    },
    stage: literalText(fc.constantFrom('dev', 'prod'), 'qa', '', 'constructor'),
    after: oneOf([], ['net-dev']),
  },
  ground: (place) => {
    const made = smallIn(place);
    made.addStack(new TerraformStack(made.node.root, 'net-dev'), { stage: 'dev' });
    return made;
  },
  define: (made, { name, stage, after = [] }) => {
    const stacks = (after as string[]).map((other) => made.node.root.node.findChild(other) as TerraformStack);
    const there = made.node.root.node.tryFindChild(name) as TerraformStack | undefined;
    made.addStack(there ?? new TerraformStack(made.node.root, name), { stage, after: stacks });
    checkWorkflows(made);
  },
  path: (id) => `${id}/Pipeline`,
  called: { name: '(?:name|stack)' },
  combined: ({ after = [], stage }) => (after.length > 0 && stage !== 'dev' ? ['after'] : []),
};

const SITES = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Web';

const target: Subject<PromotionPipeline> = {
  name: 'PromotionPipeline.addTarget',
  required: ['application', 'stage', 'appId'],
  props: {
    application: literalText(fc.constantFrom('taken', 'in-use'), 'other', '', 'constructor'),
    stage: literalText(fc.constantFrom('dev', 'prod'), 'qa', '', 'constructor'),
    appId: text(fc.constantFrom(`${SITES}/sites/app`, `${SITES}/staticSites/site`), '', 'app', SITES, `${SITES}/sites`),
    url: text(
      fc.constantFrom('https://api.example.com', 'https://api.example.com:8443'),
      ...['', 'api.example.com', 'http://api.example.com', 'https://api.example.com/x', 'https://a b'],
    ),
    edgeId: text(uuid(), ''),
  },
  ground: smallIn,
  define: (made, { application: name, stage, ...props }) => {
    made.addTarget(name, stage, props);
    const again = refusalOf(() => made.addTarget(name, stage, props));
    expectThat(again.includes(`has a target in "${stage}" already`), `is taken twice: ${again}`);
    checkWorkflows(made);
  },
  path: (id) => `${id}/Pipeline`,
};

function refusalOf(define: () => void): string {
  try {
    define();
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
}

describeProperties(application, addedStep, addedStack, target);

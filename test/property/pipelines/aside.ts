import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Environment, PipelineLanguage, PromotionPipeline, PromotionPipelineProps, Workload } from '../../../src';

/** Where a pipeline stands in a tree of its own: it renders nothing, and its files are no part of what is synthesized. */
export function aside(id: string): Construct {
  const root = new Construct(undefined as unknown as Construct, '');
  return new Construct(new Construct(root, 'stack'), id);
}

const { DEV, TEST, STAGING, PREPROD, PROD } = Environment;

/** The resource group that its stacks deploy into. */
export const GROUP = 'rg-shop';

/** A pipeline with a stack in each stage, and an application whose image is built. */
export function pipelineAside(id: string, props: Partial<PromotionPipelineProps> = {}): PromotionPipeline {
  const home = aside(id);
  const pipeline = new PromotionPipeline(home, 'Pipeline', {
    repository: 'example/shop',
    approvers: { lead: ['user:lead'], security: ['team:security'], release: ['team:release'] },
    ...props,
  });
  pipeline.addApplication('api', {
    language: PipelineLanguage.NODE,
    directory: 'api',
    registry: 'example.azurecr.io',
  });
  for (const environment of [DEV, TEST, STAGING, PREPROD, PROD].filter(({ name }) =>
    pipeline.stageNames.includes(name),
  )) {
    const stack = new TerraformStack(home.node.root, `shop-${environment.name}`);
    new Workload(stack, 'Shop', {
      name: 'shop',
      environment,
      location: 'westeurope',
      owner: 'team-shop',
      costCenter: '1',
      resourceGroupName: GROUP,
    });
    pipeline.addStack(stack);
  }
  return pipeline;
}

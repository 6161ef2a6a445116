import { TerraformStack, Token } from 'cdktf';
import { parse } from 'yaml';
import { loadedPipeline, pipelineIn, renderedFiles, unfinished } from './pipelines';

describe('what Terraform cannot do', () => {
  const workflows = Object.fromEntries(
    renderedFiles(loadedPipeline()).map(({ path, content }) => [path, path.endsWith('.yml') ? parse(content) : '']),
  );
  const { jobs } = workflows['.github/workflows/shop-infrastructure.yml'];
  const stepIn = (job: any, name: string) => job.steps.find((step: any) => step.name === name);

  test('is done after each apply, signed in anew, in the folder of the stack', () => {
    const apply = jobs['apply-prod-2'];
    const names = apply.steps.map(({ name }: any) => name);
    const { run, env, ...step } = stepIn(apply, 'Set up what Terraform cannot');

    expect(names.slice(names.indexOf('Apply exactly this plan'))).toEqual([
      'Apply exactly this plan',
      'Sign in to Azure',
      'Set up what Terraform cannot',
      'Warm',
      'Sign in to Azure',
      'Tell of the deployment',
    ]);
    expect(run).toBe(
      [
        `trap 'echo "Not everything is set up: mend it, and run the workflow shop-set-up." >&2' ERR`,
        'case "$STACK" in',
        'shop-prod)',
        "  echo 'shop-prod/Database/Step'",
        '  (',
        '    cd "stacks/$STACK"',
        '    PGPASSWORD="$(az account get-access-token)"',
        '    export PGPASSWORD',
        '    terraform output -raw Sql | psql "host=db.example.com"',
        '  )',
        "  echo 'shop-prod/Email/Step'",
        '  (',
        '    cd "stacks/$STACK"',
        '    az communication list',
        '    [ -n "$(az account show)" ]',
        '  )',
        '  ;;',
        'esac\n',
      ].join('\n'),
    );
    expect(env).toEqual({ STACK: '${{ matrix.stack }}', AZURE_EXTENSION_USE_DYNAMIC_INSTALL: 'yes_without_prompt' });
    expect(step['timeout-minutes']).toBe(13);
    expect(stepIn(apply, 'Warm').env).toEqual({ STACK: '${{ matrix.stack }}' });
    expect(stepIn(jobs['apply-prod'], 'Set up what Terraform cannot')).toBeUndefined();
    expect(stepIn(jobs['apply-dev-2'], 'Warm')).toBeUndefined();
    expect(apply['timeout-minutes']).toBe(180 + 13 + 15);
  });

  test('can be done by hand, as who applies and with the approvals of the stage', () => {
    const { on, concurrency, jobs: all } = workflows['.github/workflows/shop-set-up.yml'];

    expect(on.workflow_dispatch.inputs.stage.options).toEqual(['dev', 'prod']);
    expect(concurrency).toEqual({ group: 'shop-infrastructure', 'cancel-in-progress': false });
    expect(all['set-up-prod']).toMatchObject({
      if: "${{ inputs.stage == 'prod' }}",
      environment: 'shop-prod',
      strategy: { matrix: { include: [{ stack: 'shop-prod' }] } },
    });
    expect(all['set-up-prod'].steps.map(({ name }: any) => name).slice(-4)).toEqual([
      'Initialise',
      'Sign in to Azure',
      'Set up what Terraform cannot',
      'Warm',
    ]);
  });

  test('signs terraform in on the other engine, too', () => {
    const devOps = workflows['azure-pipelines/shop-set-up.yml'];
    const text = JSON.stringify(devOps.jobs.find(({ job }: any) => job === 'set_up_prod'));
    expect(text).toContain('ARM_OIDC_REQUEST_TOKEN');
    expect(text).toContain('"pool":{"name":"inside"}');
    expect(JSON.stringify(devOps.jobs[0])).toContain('"pool":{"vmImage":"ubuntu-24.04"}');
  });

  test('is left out where it is left to others, and where a name is yet to be computed', () => {
    const pipeline = pipelineIn();
    for (const [name, command] of [
      ['without', 'echo'],
      ['computed', `echo ${Token.asString({ resolve: () => 'x' })}`],
    ]) {
      const stack = new TerraformStack(pipeline.node.root, name);
      unfinished(stack, 'Email', 'toSetupSteps', [command]);
      pipeline.addStack(stack, { stage: 'dev', withoutSetup: name === 'without' });
    }

    const files = renderedFiles(pipeline);
    expect(files.some(({ path }) => path.endsWith('/set-up.yml'))).toBe(false);
    expect(files.some(({ content }) => content.includes('Set up what Terraform cannot'))).toBe(false);
  });
});

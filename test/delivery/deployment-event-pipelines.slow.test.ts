import { parse } from 'yaml';
import { Ingestion, KEY, ran, service, serviceBeforeEach, TOKEN } from './ingestion';
import { loadedPipeline, renderedFiles, smallPipeline } from './pipelines';

const { targetOf } = jest.requireActual('../../assets/delivery/deployment-event.cjs');

serviceBeforeEach();

describe('the token goes to the service only', () => {
  const connection = (endpoint: string, more: string = '') =>
    `InstrumentationKey=${KEY};IngestionEndpoint=${endpoint}${more}`;

  test.each([
    ['https://westeurope-5.in.applicationinsights.azure.com/', '', 'https://monitor.azure.com'],
    [
      'https://usgovvirginia-0.in.applicationinsights.azure.us/',
      ';AADAudience=https://monitor.azure.us/',
      'https://monitor.azure.us',
    ],
    ['https://dc.services.visualstudio.com', '', 'https://monitor.azure.com'],
  ])('%s', (endpoint, more, audience) => {
    expect(targetOf(connection(endpoint, more))).toEqual({
      key: KEY,
      audience,
      address: `${endpoint.replace(/\/$/, '')}/v2.1/track`,
    });
  });

  test.each([
    'http://westeurope-5.in.applicationinsights.azure.com',
    'https://example.com',
    'https://applicationinsights.azure.com.example.com',
    'https://user@example.com#.applicationinsights.azure.com',
    'https://example.com/.applicationinsights.azure.com',
    'http://127.0.0.1:80@example.com',
    '',
  ])('not to %j', (endpoint) => {
    expect(() => targetOf(connection(endpoint))).toThrow(
      'IngestionEndpoint of DEPLOYMENT_CONNECTION_STRING must be an address of Application Insights',
    );
  });

  test('and is made for nobody else', () => {
    expect(() => targetOf('whatever')).toThrow(
      'DEPLOYMENT_CONNECTION_STRING must be a connection string of Application Insights',
    );
    expect(() =>
      targetOf(connection('https://x.in.applicationinsights.azure.com', ';AADAudience=https://management.azure.com')),
    ).toThrow('AADAudience of DEPLOYMENT_CONNECTION_STRING must be an address of Azure Monitor');
  });

  test('also where the service points elsewhere', async () => {
    const other = new Ingestion();
    await other.start();
    try {
      service.answers = [{ status: 308, location: `${other.address}/v2.1/track` }];
      expect(await ran()).toMatchObject({ code: 0, said: '00:40:00 api in prod: succeeded\n' });
      expect(other.received.map(({ authorization }) => authorization)).toEqual([`Bearer ${TOKEN}`]);
    } finally {
      other.stop();
    }
    service.answers = [{ status: 308, location: 'https://example.com/v2.1/track' }];
    expect(await ran()).toMatchObject({
      code: 0,
      said: 'warning: nobody was told of this deployment: answered 308\n',
    });
  });
});

describe('pipelines', () => {
  const NAME = 'Tell of the deployment';
  const files = renderedFiles(loadedPipeline());
  const filesOf = (folder: string) =>
    Object.fromEntries(
      files
        .filter(({ path }) => path.startsWith(`${folder}/`) && /-(promotion|hotfix|rollback|infrastructure)/.test(path))
        .map(({ path, content }) => [path.slice(folder.length + 1, -4), parse(content)]),
    );
  const github = filesOf('.github/workflows');

  /** Names of the workflows and jobs that tell, with the steps of each. */
  const telling = Object.entries<any>(github).flatMap(([file, { jobs }]) =>
    Object.entries<any>(jobs).flatMap(([job, { steps }]) =>
      steps.some(({ name }: any) => name === NAME) ? [{ file, job, steps }] : [],
    ),
  );

  test('tell of each rollout, rollback and apply, last of all, once it has begun, and where somebody is to be told', () => {
    const expected = Object.entries<any>(github).flatMap(([file, { jobs }]) =>
      Object.keys(jobs)
        .filter(
          (job) =>
            /^(deploy|apply)-/.test(job) || (file === 'shop-rollback' && jobs[job].environment?.endsWith('-rollback')),
        )
        .map((job) => `${file}/${job}`),
    );

    expect(telling.map(({ file, job }) => `${file}/${job}`)).toEqual(expected);
    for (const { steps } of telling) {
      const last = steps[steps.length - 1];
      expect([last.name, last.if, last['continue-on-error']]).toEqual([
        NAME,
        "${{ always() && steps.begin.outputs.at != '' && vars.DEPLOYMENT_TELEMETRY != '' }}",
        true,
      ]);
      expect(steps.filter(({ id }: any) => id === 'begin')).toHaveLength(1);
    }
  });

  test('sign in again first, since what was signed in an hour ago gets no new token; the rollback has no time for it', () => {
    for (const { file, steps } of telling) {
      const before = steps[steps.length - 2];
      const { if: condition } = steps[steps.length - 1];
      const signIn = { name: 'Sign in to Azure', if: condition, 'continue-on-error': true };
      expect(before).toMatchObject(file === 'shop-rollback' ? { name: 'Roll back' } : signIn);
    }
  });

  test('count no deployment that its change window or a newer release has stopped', () => {
    const { steps } = telling.find(({ file, job }) => file === 'shop-promotion-api' && job === 'deploy-prod')!;
    const names = steps.map(({ name }: any) => name);

    expect(names.slice(names.indexOf('Nothing newer was released')).slice(0, 3)).toEqual([
      'Nothing newer was released',
      'Change window',
      'Begin',
    ]);
  });

  test('say what was released, returned and taken back', () => {
    const told = (file: string, job: string) =>
      telling.find((each) => each.file === file && each.job === job)!.steps.slice(-1)[0].env;

    expect(told('shop-promotion-api', 'deploy-prod')).toEqual({
      DEPLOYMENT_CONNECTION_STRING: '${{ vars.DEPLOYMENT_TELEMETRY }}',
      DEPLOYMENT_SERVICE: 'api',
      DEPLOYMENT_ENVIRONMENT: 'prod',
      DEPLOYMENT_STATUS: '${{ job.status }}',
      DEPLOYMENT_RELEASE: '${{ steps.rollout.outputs.outcome }}',
      DEPLOYMENT_RETURN: '${{ steps.return.outputs.outcome }}',
      DEPLOYMENT_REVISION: '${{ github.sha }}',
      DEPLOYMENT_SINCE: 'shop-api-v',
      DEPLOYMENT_PATHS: 'api/**',
      DEPLOYMENT_STARTED_AT: '${{ steps.begin.outputs.at }}',
      RUN_URL: expect.stringContaining('github.run_id'),
    });
    expect(told('shop-promotion-api', 'deploy-dev').DEPLOYMENT_SINCE).toBeUndefined();
    expect(told('shop-rollback', 'prod-api')).toMatchObject({
      DEPLOYMENT_RELEASE: '${{ steps.rollback.outputs.outcome }}',
      DEPLOYMENT_REVISION: '${{ steps.rollback.outputs.taken }}',
    });
    expect(told('shop-infrastructure', 'apply-prod')).toMatchObject({
      DEPLOYMENT_SERVICE: '${{ matrix.stack }}',
      DEPLOYMENT_ENVIRONMENT: 'prod',
    });
    expect(told('shop-promotion-site', 'deploy-prod').DEPLOYMENT_RETURN).toBe('${{ steps.return.outputs.outcome }}');
    expect(told('shop-rollback', 'prod-site').DEPLOYMENT_REVISION).toBe('${{ steps.rollback.outputs.taken }}');
  });

  test('of Azure DevOps tell the same', () => {
    const azure = filesOf('azure-pipelines');
    const jobs = Object.entries<any>(azure).flatMap(([file, { jobs: list = [] }]) =>
      list.map((job: any) => ({
        name: `${file}/${job.job ?? job.deployment}`.replace(/_/g, '-'),
        steps: job.steps ?? job.strategy.runOnce.deploy.steps,
      })),
    );
    const found = jobs.filter(({ steps }) => steps.some(({ displayName }: any) => displayName === NAME));

    expect(found.map(({ name }) => name)).toEqual(telling.map(({ file, job }) => `${file}/${job}`));
    for (const { steps } of found) {
      const last = steps[steps.length - 1];
      expect(last).toMatchObject({
        task: 'AzureCLI@2',
        displayName: NAME,
        continueOnError: true,
        condition: "and(always(), ne(variables['begin.at'], ''), ne(variables['DEPLOYMENT_TELEMETRY'], ''))",
        env: { DEPLOYMENT_STATUS: '$(Agent.JobStatus)', DEPLOYMENT_STARTED_AT: '$(begin.at)' },
      });
      if (last.env.DEPLOYMENT_RETURN !== undefined) {
        expect(last.inputs.inlineScript).toContain(
          'case "$DEPLOYMENT_RETURN" in \\$\\(*) export DEPLOYMENT_RETURN=\'\' ;; esac\n',
        );
      }
    }
  });

  test('name the variable in the environments that deploy and roll back', () => {
    const names = smallPipeline()
      .environments.filter(({ variables }) => variables.includes('DEPLOYMENT_TELEMETRY'))
      .map(({ name }) => name);

    expect(names).toEqual(['dev', 'dev-rollback', 'prod', 'prod-hotfix', 'prod-rollback']);
  });
});

import { github } from 'projen';

const { JobPermission } = github.workflows;

/** The oldest terraform that knows ephemeral values and write-only arguments. */
export const TERRAFORM: github.workflows.JobStep = {
  name: 'Setup Terraform',
  uses: 'hashicorp/setup-terraform',
  with: { terraform_version: '1.11.4', terraform_wrapper: false },
};

/** What is checked where: with each change, each night, and with each title. */
export function addWorkflows(on: github.GitHub): void {
  addBuildWorkflow(on);
  addLongWorkflow(on);
  addTitleWorkflow(on);
}

/** The source, and Node.js to run it with. */
function sourceWith(node: string): github.workflows.JobStep[] {
  return [
    { name: 'Checkout', uses: 'actions/checkout', with: { 'persist-credentials': false } },
    {
      name: 'Setup Node.js',
      uses: 'actions/setup-node',
      with: { 'node-version': node, 'package-manager-cache': false },
    },
  ];
}

/** Pull requests run the very script that everybody else runs. */
function addBuildWorkflow(on: github.GitHub): void {
  const workflow = on.addWorkflow('build');
  workflow.on({ pullRequest: {}, workflowDispatch: {} });
  workflow.addJob('build', {
    name: 'Node ${{ matrix.node }}',
    runsOn: ['ubuntu-latest'],
    timeoutMinutes: 60,
    permissions: { contents: JobPermission.READ },
    strategy: { matrix: { domain: { node: ['20', '22', '24'] } } },
    steps: [
      ...sourceWith('${{ matrix.node }}'),
      { name: 'Setup Python', uses: 'actions/setup-python', with: { 'python-version': '3.11' } },
      TERRAFORM,
      { name: 'Check', run: '.ci/run' },
    ],
  });
}

/** Ten times as many random programs as a pull request has, and other ones each night. */
function addLongWorkflow(on: github.GitHub): void {
  const workflow = on.addWorkflow('long');
  workflow.on({ schedule: [{ cron: '23 2 * * *' }], workflowDispatch: {} });
  workflow.addJob('programs', {
    name: 'Random programs',
    runsOn: ['ubuntu-latest'],
    timeoutMinutes: 240,
    permissions: { contents: JobPermission.READ },
    steps: [
      ...sourceWith('20'),
      TERRAFORM,
      { name: 'Install', run: 'npm ci' },
      { name: 'Check', run: 'npx projen test:long' },
    ],
  });
}

/** The title of a pull request becomes the commit that decides on the release. */
function addTitleWorkflow(on: github.GitHub): void {
  const workflow = on.addWorkflow('title');
  workflow.on({ pullRequest: { types: ['opened', 'edited', 'reopened', 'synchronize'] } });
  workflow.addJob('title', {
    name: 'Conventional title',
    runsOn: ['ubuntu-latest'],
    permissions: {},
    steps: [
      {
        name: 'Check',
        env: { TITLE: '${{ github.event.pull_request.title }}' },
        run: 'grep -Eq \'^(build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(\\([a-z0-9-]+\\))?!?: .\' <<< "$TITLE"',
      },
    ],
  });
}

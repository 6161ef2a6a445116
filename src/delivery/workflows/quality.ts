import { TOOLS } from '../actions';
import { ApplicationModel } from '../model/application-model';
import { PipelineModel } from '../model/pipeline-model';
import { Job, RunStep, Step } from '../model/workflow';
import { PipelineCheck } from '../pipeline-check';
import { FindingSeverity } from '../promotion-pipeline-props';
import { inFolder, NODE_FOR_SCRIPTS, OUT, prepared, script } from './parts';

const { LINT, TYPES, TESTS, AUDIT, SONARQUBE, SEMGREP, TRIVY, GITLEAKS, CHECKOV } = PipelineCheck;

/** Severities from the least that stops a change, as Trivy has them. */
const TRIVY_SEVERITIES: Readonly<Record<FindingSeverity, string>> = {
  [FindingSeverity.CRITICAL]: 'CRITICAL',
  [FindingSeverity.HIGH]: 'HIGH,CRITICAL',
  [FindingSeverity.MEDIUM]: 'MEDIUM,HIGH,CRITICAL',
};

/** The same for npm. */
const NPM_SEVERITY: Readonly<Record<FindingSeverity, string>> = {
  [FindingSeverity.CRITICAL]: 'critical',
  [FindingSeverity.HIGH]: 'high',
  [FindingSeverity.MEDIUM]: 'moderate',
};

/** The same for Semgrep, whose errors are high and critical. */
const SEMGREP_SEVERITIES: Readonly<Record<FindingSeverity, string>> = {
  [FindingSeverity.CRITICAL]: '--severity ERROR',
  [FindingSeverity.HIGH]: '--severity ERROR',
  [FindingSeverity.MEDIUM]: '--severity ERROR --severity WARNING',
};

/** Rules, types, tests and dependencies of one application. */
export function qualitySteps(model: PipelineModel, application: ApplicationModel): Step[] {
  const { install, lint, types, test, audit, language, version } = application;
  const unless = (check: PipelineCheck, steps: Step[]) => (isOn(model, check) ? steps : []);
  return [
    ...prepared(language, version),
    ...inFolder(application, 'Install', install),
    ...unless(LINT, inFolder(application, 'Rules and format', lint)),
    ...unless(TYPES, inFolder(application, 'Types', types)),
    ...unless(TESTS, inFolder(application, 'Tests', test, { COVERAGE: String(model.coverage) })),
    ...unless(AUDIT, inFolder(application, 'Dependencies', audit, { SEVERITY: NPM_SEVERITY[model.severity] })),
  ];
}

/** Scanners of the whole repository, a job each. */
export function scanJobs(model: PipelineModel): Job[] {
  const job = (key: string, name: string, steps: Step[]): Job => ({
    key,
    name,
    runner: model.runner,
    minutes: 20,
    steps,
  });
  const run = (name: string, ...commands: string[]): RunStep => ({ do: 'run', name, commands });
  const all: Array<readonly [PipelineCheck, Job]> = [
    [
      GITLEAKS,
      job('secrets', 'Secrets (Gitleaks)', [
        { do: 'checkout', history: true },
        run('Gitleaks', `go run github.com/zricethezav/gitleaks/v8@${TOOLS.gitleaks} git --redact --no-banner .`),
      ]),
    ],
    [
      SEMGREP,
      job('patterns', 'Dangerous patterns (Semgrep)', [
        { do: 'checkout' },
        run(
          'Semgrep',
          `pipx run semgrep==${TOOLS.semgrep} scan --config p/default ${SEMGREP_SEVERITIES[model.severity]} --metrics off --error`,
        ),
      ]),
    ],
    [
      TRIVY,
      job('configuration', 'Configuration and packages (Trivy)', [
        { do: 'checkout' },
        { do: 'trivy' },
        run('Trivy', `${trivy(model, 'fs --scanners vuln,misconfig')} .`),
      ]),
    ],
    [
      SONARQUBE,
      { ...job('sonarqube', 'Quality gate (SonarQube)', sonarSteps(model)), when: ['trusted', SONAR_IS_SET] },
    ],
  ];
  return all.filter(([check]) => isOn(model, check)).map(([, each]) => each);
}

const SONAR_IS_SET = { variable: 'SONAR_HOST_URL', isNot: '' };

function sonarSteps({ repository, name }: PipelineModel): Step[] {
  const key = [...repository.owner.split('/'), repository.name, ...(name === '' ? [] : [name])].join('_');
  return [
    { do: 'checkout', history: true },
    {
      do: 'run',
      name: 'SonarQube',
      commands: [
        `npx --yes @sonar/scan@${TOOLS.sonar} -Dsonar.projectKey=${key.replace(/[^\w.:-]/g, '_')} -Dsonar.qualitygate.wait=true`,
      ],
      env: { SONAR_HOST_URL: { variable: 'SONAR_HOST_URL' }, SONAR_TOKEN: { secret: 'SONAR_TOKEN' } },
    },
  ];
}

/** A call of Trivy that fails from the severity of the pipeline on; what has no fix yet stops nobody. */
export function trivy({ severity }: PipelineModel, scan: string): string {
  return `trivy ${scan} --severity ${TRIVY_SEVERITIES[severity]} --ignore-unfixed --exit-code 1 --no-progress`;
}

/** Rules on what was synthesized, without what `.checkov.yaml` accepts, where there is one. */
export function checkovSteps(model: PipelineModel): Step[] {
  const input = `${OUT}/checkov`;
  return isOn(model, CHECKOV)
    ? [
        ...(model.synthesis.language === NODE_FOR_SCRIPTS.language ? [] : [NODE_FOR_SCRIPTS]),
        {
          do: 'run',
          name: 'Rules on the stacks (Checkov)',
          commands: [
            script(model, 'checkov-input.cjs'),
            'accepted=()',
            'if [ -f .checkov.yaml ]; then accepted=(--config-file .checkov.yaml); fi',
            `pipx run checkov==${TOOLS.checkov} --directory ${input} --framework terraform_json --compact --quiet "\${accepted[@]}"`,
          ],
          env: { STACKS_DIRECTORY: `${model.synthesis.output}/stacks`, CHECKOV_DIRECTORY: input },
        },
      ]
    : [];
}

/** Whether a check was not switched off. */
export function isOn({ without }: Pick<PipelineModel, 'without'>, check: PipelineCheck): boolean {
  return !without.includes(check);
}

import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Environment } from '../core/environment';
import { changeOf } from '../core/file-changes';
import { differencesIn, FileDifference, GeneratedFile, mendFile } from '../core/generated-files';
import { checkKinds } from '../core/kinds';
import { rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { anAccess, aPoint, APPLICATION_KINDS, aStack, aStep, PIPELINE_KINDS, TARGET_KINDS } from './delivery-kinds';
import { DeploymentTarget } from './deployment-target';
import { writeWhenSynthesized } from './files/at-synthesis';
import { adoptedPins } from './files/pins';
import { HookPoint } from './hook-point';
import { applicationModel } from './model/build-application';
import { environmentsOf, planVariables } from './model/build-environments';
import { hookModel } from './model/build-hook';
import { stageModel } from './model/build-stage';
import { synthesisModel } from './model/build-synthesis';
import { toMermaid } from './model/diagram';
import { drillsOf } from './model/drill-model';
import { PipelineModel } from './model/pipeline-model';
import { applicationProblems, stackProblems, stepProblems, strayStepProblems } from './model/problems';
import { setupsOf } from './model/setup-model';
import { StackModel } from './model/stack-model';
import { subjectsOf } from './model/subjects';
import { targetModel, TargetModel, targetProblems } from './model/target-model';
import { PipelineApplication } from './pipeline-application';
import { PipelineEngine } from './pipeline-engine';
import { PipelineStackOptions } from './pipeline-stack-options';
import { PipelineStep } from './pipeline-step';
import {
  DeliveryEnvironment,
  DeploymentAccess,
  FederatedSubject,
  IPromotionPipeline,
} from './promotion-pipeline-interface';
import { FindingSeverity, PromotionPipelineProps } from './promotion-pipeline-props';
import { collisionsOf, pipelineProblems } from './promotion-pipeline-rules';
import { PromotionStage } from './promotion-stage';
import { requireRemoteState } from './remote-state';
import { renderFiles } from './render-files';
import { ownerOf } from './workflows/parts';
import { releaseTagsOf } from './workflows/promotion';
import { requiredCheckOf } from './workflows/pull-request';

const { DEV, TEST, STAGING, PREPROD, PROD } = Environment;
const STAGES: readonly PromotionStage[] = [DEV, TEST, STAGING, PREPROD, PROD].map((environment) => ({ environment }));

/**
 * Carries stacks and applications from stage to stage, with reviewed plans, gates, and a way back.
 *
 * Defines nothing in Terraform: it writes workflows and scripts into the repository, with `write()`, and `check()` fails when
 * what is committed there is stale. `DeploymentIdentities` defines who the workflows sign in as.
 *
 * Each rollout, rollback and apply tells Application Insights what became of it, in the event that `ObservabilityStack` counts, in
 * stages whose `DeploymentIdentities` report to one; on Azure DevOps, wherever the variable `DEPLOYMENT_TELEMETRY` of the variable
 * group of the stage holds a connection string.
 */
export class PromotionPipeline extends Construct implements IPromotionPipeline {
  public readonly repository: string;
  public readonly defaultBranch: string;
  public readonly pipelineName: string;
  public readonly stageNames: string[];

  private readonly engines: PipelineEngine[];
  private readonly pins: { readonly [action: string]: string };
  private readonly fixed: Omit<PipelineModel, 'applications' | 'targets' | 'stacks' | 'hooks' | 'drills' | 'setups'>;
  private readonly applications = new Map<string, PipelineApplication>();
  private readonly targets: TargetModel[] = [];
  private readonly withoutSetup = new Set<string>();
  private readonly stacks = new Map<TerraformStack, StackModel>();
  private readonly steps: Array<{ readonly point: HookPoint; readonly step: PipelineStep }> = [];

  constructor(scope: Construct, id: string, props: PromotionPipelineProps) {
    super(scope, id);
    Object.defineProperty(this, PIPELINE, { value: true });
    checkKinds(this, props, PIPELINE_KINDS);
    const stages = props.stages ?? STAGES;
    rejectIf(this, ...pipelineProblems(props, stages));

    const { approvers = {}, runner = 'ubuntu-24.04', schedules = {}, synthesis = {} } = props;
    const path = props.repository.split('/');
    this.repository = props.repository;
    this.defaultBranch = props.defaultBranch ?? 'main';
    this.pipelineName = props.name ?? '';
    this.stageNames = stages.map(({ environment }) => environment.name);
    this.engines = props.engines ?? [PipelineEngine.GITHUB_ACTIONS];
    this.pins = props.actionPins ?? {};
    this.fixed = {
      name: this.pipelineName,
      repository: {
        owner: path.slice(0, -1).join('/'),
        name: path[path.length - 1],
        defaultBranch: this.defaultBranch,
      },
      stages: stages.map((stage, index) => stageModel(stage, { approvers, runner, last: index === stages.length - 1 })),
      synthesis: synthesisModel(synthesis),
      without: props.withoutChecks ?? [],
      schedules: {
        drift: schedules.drift ?? '17 4 * * *',
        orphans: schedules.orphans ?? '47 5 * * 1',
        restoreTest: schedules.restoreTest ?? '23 3 2 * *',
        drill: schedules.drill ?? '23 6 10 1,4,7,10 *',
      },
      coverage: props.coveragePercent ?? 85,
      severity: props.severity ?? FindingSeverity.HIGH,
      runner,
    };
    const others = this.node.root.node.findAll().filter((other) => isPipeline(other) && other !== this);
    rejectIf(this, ...collisionsOf(this, others as PromotionPipeline[]));
    writeWhenSynthesized(this, () => this._files());
  }

  public get environments(): DeliveryEnvironment[] {
    return environmentsOf(this.model());
  }

  public get requiredChecks(): string[] {
    return [requiredCheckOf(this.fixed)];
  }

  public get releaseTags(): string[] {
    return releaseTagsOf(this.model());
  }

  public get repositoryVariables(): string[] {
    const model = this.model();
    const stages = this.stageNames.filter((stage) => model.stacks.some((stack) => stack.stage === stage));
    return [...new Set(stages.flatMap((stage) => Object.values(planVariables(model, stage))))].sort();
  }

  /**
   * Adds an application: it is checked in pull requests, built once, and rolled out stage by stage.
   *
   * @param name Key, 2 to 20 lower-case letters, digits and hyphens; part of names of files, jobs and variables.
   * @param application What it is, and where.
   */
  public addApplication(name: string, application: PipelineApplication): void {
    checkKinds(this, application, APPLICATION_KINDS);
    rejectIf(this, ...applicationProblems(name, application, [...this.applications.keys()]));
    this.applications.set(name, application);
    writeWhenSynthesized(this, () => this._files());
  }

  /**
   * Says where an application runs in a stage: the workflows read it from variables, which `GithubEnvironments` sets, and which for
   * Azure DevOps are the `values` of the `environments`.
   *
   * @param application Key of the application.
   * @param stage Name of the stage.
   * @param target Where it runs.
   */
  public addTarget(application: string, stage: string, target: DeploymentTarget): void {
    checkKinds(this, target, TARGET_KINDS);
    const { targets, stageNames: stages } = this;
    const known = this.applications.get(application);
    rejectIf(this, ...targetProblems(application, known, stage, target, { stages, targets }));
    this.targets.push(targetModel(application, stage, target));
  }

  /**
   * Adds a stack: it is planned in pull requests, and applied in its stage exactly as it was planned. What its constructs need beyond
   * that, such as the roles of clients in a database or the verification of a domain, is done after each apply, as who applies.
   *
   * @param stack The stack, of the program that the workflows synthesize.
   */
  public addStack(stack: TerraformStack, options: PipelineStackOptions = {}): void {
    rejectIf(this, aStack('stack', stack));
    const stage = options.stage ?? environmentIn(stack);
    const after = (options.after ?? []).map((other) => this.stacks.get(other));
    rejectIf(this, ...stackProblems(stack.node.id, stage, after, [...this.stacks.values()], this.stageNames));
    const names = after.flatMap((other) => (other ? [other.name] : []));
    if (options.withoutSetup) {
      this.withoutSetup.add(stack.node.id);
    }
    this.stacks.set(stack, { name: stack.node.id, stage: stage ?? '', after: names });
    requireRemoteState(this, stack);
    writeWhenSynthesized(this, () => this._files(), stack);
  }

  /**
   * Adds a step of your own at a hook point.
   *
   * @param point When it runs.
   * @param step What runs.
   */
  public addStep(point: HookPoint, step: PipelineStep): void {
    rejectIf(this, aPoint('point', point), aStep('step', step));
    const before = this.steps.filter((other) => other.point === point).map((other) => other.step.name);
    rejectIf(this, ...stepProblems(point, step, before, this.stageNames));
    this.steps.push({ point, step });
  }

  public stacksOf(stage: string): TerraformStack[] {
    return [...this.stacks].filter(([, model]) => model.stage === stage).map(([stack]) => stack);
  }

  public subjects(access: DeploymentAccess, stage?: string): FederatedSubject[] {
    const model = this.fixed.stages.find(({ name }) => name === stage);
    rejectIf(
      this,
      anAccess('access', access),
      (stage === undefined) !== (access === DeploymentAccess.BUILD) &&
        `'stage' must be given for every access but '${DeploymentAccess.BUILD}', got ${shown(stage)} for '${access}'`,
      stage !== undefined &&
        model === undefined &&
        `'stage' must be one of ${this.stageNames.join(', ')}, got ${shown(stage)}`,
    );
    return subjectsOf(this.fixed, access, model);
  }

  /**
   * Writes the files into a repository; removes those that an earlier version of this pipeline wrote and that are no more.
   *
   * @param directory Root of the repository.
   */
  public write(directory: string): void {
    this.differencesIn(directory).forEach((difference) => mendFile(directory, difference));
  }

  /**
   * Fails, with the difference, when what is committed in a repository is not what `write()` would write.
   *
   * @param directory Root of the repository.
   */
  public check(directory: string): void {
    const changes = this.differencesIn(directory).map((difference) => changeOf(difference).trimEnd());
    if (changes.length > 0) {
      const stale = `${this.node.path}: the committed files of the pipeline are stale; write them again`;
      throw new Error(`${stale}:\n${changes.join('\n\n')}`);
    }
  }

  /** The way from commit to production as a Mermaid flowchart. */
  public toMermaid(): string {
    return toMermaid(this.model());
  }

  /**
   * Every file, as if nothing were written yet.
   *
   * @internal
   */
  public _files(): GeneratedFile[] {
    return this.renderedWith(this.pins);
  }

  private differencesIn(directory: string): FileDifference[] {
    const adopted = adoptedPins(directory, ownerOf(this.fixed));
    return differencesIn(directory, this.renderedWith({ ...adopted, ...this.pins }));
  }

  private renderedWith(pins: { readonly [action: string]: string }): GeneratedFile[] {
    const model = this.model();
    rejectIf(this, ...strayStepProblems(model));
    return renderFiles(model, this.engines, pins, Object.keys(this.pins));
  }

  private model(): PipelineModel {
    // by name, so that nothing changes in the files when things are added in another order
    const stacks = [...this.stacks].sort(([, a], [, b]) => (a.name < b.name ? -1 : 1));
    const applications = [...this.applications].sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      ...this.fixed,
      applications: applications.map(([name, application]) => applicationModel(name, application)),
      targets: this.targets,
      stacks: stacks.map(([, model]) => model),
      setups: stacks.flatMap(([stack, { name }]) => (this.withoutSetup.has(name) ? [] : setupsOf(stack, name))),
      drills: stacks.flatMap(([stack, { stage }]) => drillsOf(stack, stage)),
      hooks: this.steps.map(({ point, step }) => hookModel(point, step)),
    };
  }
}

const PIPELINE = Symbol.for('azure-platform-constructs.PromotionPipeline');

function isPipeline(x: object): boolean {
  return PIPELINE in x;
}

/** Environment of the workload in a stack, if there is just one. */
function environmentIn(stack: TerraformStack): string | undefined {
  const names = stack.node.findAll().flatMap((x) => (x instanceof Workload ? [x.environment.name] : []));
  return new Set(names).size === 1 ? names[0] : undefined;
}

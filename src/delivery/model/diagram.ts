import { HookPoint } from '../hook-point';
import { PipelineModel } from './pipeline-model';
import { StageModel } from './stage-model';

const GATES: ReadonlyArray<readonly [HookPoint, string]> = [
  [HookPoint.SECURITY_GATE, 'security'],
  [HookPoint.PERFORMANCE_GATE, 'performance'],
  [HookPoint.PRIVACY_GATE, 'privacy'],
];

/** The way from commit to production as a Mermaid flowchart; the same model gives the same text. */
export function toMermaid(model: PipelineModel): string {
  const { applications, stacks, stages, repository } = model;
  const what = [
    ...(applications.length > 0 ? [`build once: ${applications.map(({ name }) => name).join(', ')}`] : []),
    ...(stacks.length > 0 ? [`synthesize once: ${stacks.length} ${stacks.length === 1 ? 'stack' : 'stacks'}`] : []),
  ];
  const lines = [
    'flowchart LR',
    '  pull[Pull request] -->|all checks passed| main',
    `  main[${label([repository.defaultBranch])}] --> build[${label(what.length > 0 ? what : ['nothing to carry yet'])}]`,
  ];
  let before = 'build';
  for (const stage of stages) {
    const approval = approvalLine(stage);
    if (approval !== undefined) {
      lines.push(`  ${before} --> approve_${stage.name}{{${label(approval)}}}`);
      before = `approve_${stage.name}`;
    }
    lines.push(`  ${before} --> ${stage.name}[${label(stageLines(model, stage))}]`);
    if (applications.length > 0) {
      lines.push(`  ${stage.name} -.->|a step or gate fails: all traffic back| ${stage.name}`);
    }
    before = stage.name;
  }
  const hotfixes = applications.length > 0 ? stages.filter(({ hotfix }) => hotfix) : [];
  for (const { name, hotfixApproval } of hotfixes) {
    const who = hotfixApproval === undefined ? '' : `|${hotfixApproval.role}|`;
    lines.push(`  hotfix([Hotfix]) -.->${who} ${name}`);
  }
  if (applications.length > 0) {
    lines.push(`  ${before} --> release([Tag and changelog])`, `  rollback([Rollback, 5 minutes]) -.-> ${before}`);
  }
  return `${lines.join('\n')}\n`;
}

function approvalLine({ approvals, waitMinutes, changeWindow }: StageModel): string[] | undefined {
  const lines = [
    ...(approvals.length > 0 ? [`approved by ${approvals.map(({ role }) => role).join(' and ')}`] : []),
    ...(waitMinutes > 0 ? [`wait ${waitMinutes} minutes`] : []),
    ...(changeWindow ? [`${changeWindow.from} to ${changeWindow.to}, ${changeWindow.timeZone}`] : []),
  ];
  return lines.length > 0 ? lines : undefined;
}

function stageLines({ applications, stacks, hooks }: PipelineModel, stage: StageModel): string[] {
  const here = (names: readonly string[]) => names.length === 0 || names.includes(stage.name);
  const gates = GATES.filter(([point]) => hooks.some((hook) => hook.point === point && here(hook.stages)));
  const percents = [...new Set(applications.flatMap(({ steps }) => steps.map(({ percent }) => percent)))];
  return [
    stage.name,
    ...(stacks.some((stack) => stack.stage === stage.name) ? ['apply the reviewed plan'] : []),
    ...(applications.some(({ migrations }) => migrations) ? ['back up, migrate'] : []),
    ...(applications.length > 0
      ? [stage.slots ? `traffic ${percents.sort((a, b) => a - b).join(', ')} %` : 'in place, smoke test']
      : []),
    ...(gates.length > 0 ? [`gates: ${gates.map(([, name]) => name).join(', ')}`] : []),
  ];
}

function label(lines: readonly string[]): string {
  return `"${lines.join('<br/>').replace(/"/g, '#quot;')}"`;
}

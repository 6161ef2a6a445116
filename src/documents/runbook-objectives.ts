import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { Workload } from '../core/workload';
import { Block, heading, list, table, text } from './blocks';
import { KINDS } from './kinds';
import { Component, quickest, stepsFor } from './recovery';
import { RunbookOptions } from './runbook-options';
import { durationOf, titleOf } from './runbook-words';

/** What a runbook is held to. */
type Objectives = Required<Pick<RunbookOptions, 'rtoMinutes' | 'rpoMinutes' | 'databaseRtoMinutes'>>;

const { RESTORE, FAILOVER } = RecoveryOccasion;

/** The components of a workload, how they come back, and whether that is soon enough. */
export function componentTable(workload: Workload, components: Component[], options: Objectives): Block[] {
  const own = components.filter((one) => one.workload === workload);
  return [
    heading(3, titleOf(workload)),
    ...(own.length === 0
      ? [text('Nothing here knows how to recover.')]
      : [
          table(
            ['Component', 'Service', 'After damage', 'A zone is away', 'The region is away', 'Data lost', 'Objectives'],
            own.map((one) => rowOf(one, options)),
          ),
        ]),
  ];
}

/** The ways back of a component: after damage the one that it names first, else the quickest. */
function waysOf(component: Component): { restore?: RecoveryStep; zone?: RecoveryStep; region?: RecoveryStep } {
  const failover = stepsFor(component, FAILOVER);
  return {
    restore: stepsFor(component, RESTORE)[0],
    zone: quickest(failover),
    region: quickest(failover.filter(({ withinRegion = false }) => !withinRegion)),
  };
}

function rowOf(component: Component, options: Objectives): string[] {
  const { restore, zone, region } = waysOf(component);
  const shownAs = (step?: RecoveryStep) => (step ? `${step.key}, ${durationOf(step.minutes)}` : '–');
  const losses = [restore, zone, region].flatMap((step) => step?.dataLossMinutes ?? []);
  return [
    component.name,
    component.service.name,
    restore ? shownAs(restore) : 'deploy again',
    shownAs(zone),
    shownAs(region),
    [...(losses.length > 0 ? [`up to ${durationOf(Math.max(...losses))}`] : []), ...unknownLoss(component)].join(
      '; ',
    ) || '–',
    verdictOn(component, options),
  ];
}

/** What a copy in another region has not received is lost; how much that is, nobody knows before. */
function unknownLoss(component: Component): string[] {
  const { region } = waysOf(component);
  const { kind } = component.service;
  return kind === KINDS.data && region !== undefined && region.dataLossMinutes === undefined
    ? [`with ${region.key} what was not received yet: see the alert on lag`]
    : [];
}

/** Backups in a vault are for when nothing else is left: what they keep has its own ways back. */
function isLastResort({ service }: Component): boolean {
  return service.kind === KINDS.resilience;
}

/** Says only what the steps say: a component without steps for a case has no verdict on it. */
function verdictOn(component: Component, { rtoMinutes, rpoMinutes, databaseRtoMinutes }: Objectives): string {
  if (isLastResort(component)) {
    return 'the last resort, beside the objectives';
  }
  const { restore, zone, region } = waysOf(component);
  const steps = [...new Set([restore, zone, region])].filter((step) => step !== undefined);
  const isData = component.service.kind === KINDS.data;
  const misses = [
    ...steps.filter(({ minutes }) => minutes > rtoMinutes).map(({ key }) => `${key} takes longer than the RTO`),
    ...steps
      .filter(({ dataLossMinutes = 0 }) => dataLossMinutes > rpoMinutes)
      .map(({ key }) => `${key} loses more than the RPO`),
    ...(isData && (zone === undefined || zone.minutes > databaseRtoMinutes) ? ['nothing takes its place at once'] : []),
    ...(isData && region === undefined ? ['no copy outside of the region'] : []),
  ];
  return misses.length > 0 ? misses.join('; ') : steps.length > 0 ? 'met' : '–';
}

/** The order in which the components of a workload come back when the region is away. */
export function orderOfRecovery(workload: Workload, components: Component[], { rtoMinutes }: Objectives): Block[] {
  const own = components
    .filter((one) => one.workload === workload)
    .map((component) => ({ component, ...waysOf(component) }))
    .filter(({ component, restore, region }) => !isLastResort(component) && (restore ?? region) !== undefined);
  const line = ({ component, restore, region }: (typeof own)[number]) =>
    region
      ? `${component.name}: ${region.key} (${durationOf(region.minutes)})`
      : `${component.name}: no step for a region${restore ? `; after damage ${restore.key} (${durationOf(restore.minutes)})` : ''}`;
  const kinds = [...new Set(own.map(({ component }) => component.service.kind))];
  const minutes = kinds
    .map((kind) =>
      own.filter(({ component }) => component.service.kind === kind).map(({ region }) => region?.minutes ?? 0),
    )
    .reduce((sum, some) => sum + Math.max(...some), 0);
  return [
    heading(3, titleOf(workload)),
    list(
      [
        ...own.map(line),
        'Deploy again what is not in this list, with the pipeline of this environment, and run the smoke tests.',
      ],
      true,
    ),
    ...(minutes > 0
      ? [
          text(
            `With those of one service at the same time, and without the deployment, the steps for a region take ${durationOf(minutes)}; the objective is ${durationOf(rtoMinutes)}.`,
          ),
        ]
      : []),
  ];
}

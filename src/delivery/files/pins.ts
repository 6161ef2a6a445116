import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { ACTIONS, TOOLS } from '../actions';
import { GeneratedFile, headerOf } from './file-tree';

/** Actions by name: commit and version. */
export interface Pins {
  readonly [action: string]: string;
}

/** A use of an action, as YAML has it. */
const USE = /uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40}) # (v\d[\w.-]*)/g;

/** Nobody runs the pins, but whoever scans them does not know. */
const SAFE: { readonly [action: string]: readonly string[] } = {
  'actions/checkout': ['      with:', '        persist-credentials: false'],
  'aquasecurity/setup-trivy': ['      with:', `        version: ${TOOLS.trivy}`],
};

/** File that holds the pins of a pipeline: an action that nobody runs, which update tools take for one. */
export function pinsPath(owner: string): string {
  return `.github/actions/${owner}-pins/action.yml`;
}

/** Pins of a pipeline in a repository, as somebody or some tool has left them. */
export function pinsIn(directory: string, owner: string): Pins {
  const file = join(directory, pinsPath(owner));
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return Object.fromEntries(
    [...text.matchAll(USE)].map(([, action, hash, version]) => [action, `${hash} # ${version}`]),
  );
}

/** Those of a repository that are newer than ours: they were updated there, and stay. */
export function adoptPins(found: Pins): Pins {
  return Object.fromEntries(
    Object.entries(found).filter(
      ([action, pin]) => action in ACTIONS && isNewer(versionOf(pin), versionOf(ACTIONS[action])),
    ),
  );
}

/**
 * The file of pins.
 *
 * @param set Actions whose commits the program insists on, whatever is newer.
 */
export function pinsFile(owner: string, pins: Pins, set: readonly string[]): GeneratedFile {
  const all: Pins = { ...ACTIONS, ...pins };
  const steps = Object.keys(ACTIONS)
    .sort()
    .flatMap((action) => [
      `    - uses: ${action}@${all[action]}${set.includes(action) ? ' set' : ''}`,
      ...(SAFE[action] ?? []),
    ]);
  return {
    path: pinsPath(owner),
    content: [
      `# ${headerOf(owner)}`,
      '# The commits of all actions that its workflows use. Dependabot (with this folder in `directories`) and Renovate update',
      '# them here and in the workflows at once; what is newer here than in the package stays when files are written again.',
      `name: Pins of ${owner}`,
      'description: Never run; keeps the commits of actions up to date',
      'runs:',
      '  using: composite',
      '  steps:',
      ...steps,
      '',
    ].join('\n'),
  };
}

function versionOf(pin: string): number[] {
  return (pin.split('# v')[1] ?? '').split(/[.-]/).map((part) => Number(part) || 0);
}

function isNewer(version: readonly number[], than: readonly number[]): boolean {
  const at = [0, 1, 2].find((index) => (version[index] ?? 0) !== (than[index] ?? 0));
  return at !== undefined && (version[at] ?? 0) > (than[at] ?? 0);
}

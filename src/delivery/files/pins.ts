import { isNewer, Pins, pinsIn, pinsPath } from '../../core/action-pins';
import { contentOf, GeneratedFile, headerOf } from '../../core/generated-files';
import { ACTIONS, TOOLS } from '../actions';

/** Nobody runs the pins, but whoever scans them does not know. */
const SAFE: { readonly [action: string]: readonly string[] } = {
  'actions/checkout': ['      with:', '        persist-credentials: false'],
  'aquasecurity/setup-trivy': ['      with:', `        version: ${TOOLS.trivy}`],
};

/** Pins of a pipeline in a repository that are newer than ours: they were updated there, and stay. */
export function adoptedPins(directory: string, owner: string): Pins {
  const found = pinsIn(contentOf(directory, pinsPath(owner)) ?? '');
  return Object.fromEntries(
    Object.entries(found).filter(([action, pin]) => action in ACTIONS && isNewer(pin, ACTIONS[action])),
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

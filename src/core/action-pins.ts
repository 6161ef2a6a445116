/** Actions by name: commit and version, as in `3d3c42e5… # v7.0.1`. */
export interface Pins {
  readonly [action: string]: string;
}

/** A place where an action is used. */
export interface ActionUse {
  readonly action: string;
  /** Commit and version. */
  readonly pin: string;
  /** Whether the program insists on it, whatever is newer. */
  readonly set: boolean;
}

/** A use of an action, as YAML has it. */
const USE = /uses: ([\w.-]+\/[\w./-]+)@([0-9a-f]{40} # v\d[\w.-]*)( set)?/g;

const PINS = '-pins/action.yml';

/** File that holds the pins of a pipeline: an action that nobody runs, which update tools take for one. */
export function pinsPath(owner: string): string {
  return `.github/actions/${owner}${PINS}`;
}

/** Whether a file holds the pins of a pipeline. */
export function isPinsPath(path: string): boolean {
  return path.endsWith(PINS);
}

/** Uses of actions in a file of YAML, in its order. */
export function usesIn(yaml: string): ActionUse[] {
  return [...yaml.matchAll(USE)].map(([, action, pin, set]) => ({ action, pin, set: set !== undefined }));
}

/** Pins of the actions that a file of YAML uses. */
export function pinsIn(yaml: string): Pins {
  return Object.fromEntries(usesIn(yaml).map(({ action, pin }) => [action, pin]));
}

/** Whether the version of a pin is later than that of another one. */
export function isNewer(pin: string, than: string): boolean {
  const [a, b] = [versionOf(pin), versionOf(than)];
  const at = [0, 1, 2].find((index) => (a[index] ?? 0) !== (b[index] ?? 0));
  return at !== undefined && (a[at] ?? 0) > (b[at] ?? 0);
}

function versionOf(pin: string): number[] {
  return (pin.split('# v')[1] ?? '').split(/[.-]/).map((part) => Number(part) || 0);
}

/** Where a value lacks something that is expected of it, one line each; what is there beyond that does not matter. */
export function differences(expected: unknown, actual: any, path = ''): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) {
      return [difference(path, expected, actual)];
    }
    return expected.flatMap((element, i) => differences(element, actual[i], `${path}[${i}]`));
  }
  if (expected !== null && typeof expected === 'object') {
    if (actual === null || typeof actual !== 'object' || Array.isArray(actual)) {
      return [difference(path, expected, actual)];
    }
    return Object.entries(expected).flatMap(([name, value]) =>
      differences(value, actual[name], path ? `${path}.${name}` : name),
    );
  }
  return Object.is(expected, actual) ? [] : [difference(path, expected, actual)];
}

function difference(path: string, expected: unknown, actual: unknown): string {
  const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));
  return `${path}: expected ${shown(expected)}, got ${shown(actual)}`;
}

/** Availability tests that a component takes. Source: learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits */
const LIMIT = 100;

/** So many that bring tests are named. */
const NAMED = 3;

/**
 * What is wrong with the number of availability tests on the component of a stack.
 *
 * @param keys Keys of the tests, each the path of what it asks, a slash, and a word.
 */
export function webTestProblems(keys: readonly string[]): string[] {
  if (keys.length <= LIMIT) {
    return [];
  }
  const counts = new Map<string, number>();
  for (const key of keys) {
    const [bringer] = key.split('/');
    counts.set(bringer, (counts.get(bringer) ?? 0) + 1);
  }
  const most = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, NAMED)
    .map(([bringer, count]) => `${bringer} (${count})`);
  return [
    `${keys.length} availability tests, but Application Insights takes ${LIMIT} of a component; most are of ${most.join(', ')}: disable some in 'alerts', e.g. '*/Certificate': { disabled: true }, or set 'unmonitored' on an EdgeGateway, SecureWebApp or StaticSite, which leaves out its domains as well`,
  ];
}

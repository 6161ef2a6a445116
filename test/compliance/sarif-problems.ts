const LEVELS = ['none', 'note', 'warning', 'error'];

/**
 * What the specification of SARIF 2.1.0 would object to, in what our reports use of it.
 *
 * The official JSON schema says the same and more; its package would be a dependency for one test.
 */
export function problemsInSarif(log: any): string[] {
  const problems: string[] = [];
  const want = (isFine: boolean, problem: string) => isFine || problems.push(problem);

  want(log.version === '2.1.0', 'version must be 2.1.0');
  want(/^https:\/\//.test(log.$schema), '$schema must be a URI');
  want(Array.isArray(log.runs), 'runs must be a list');
  for (const { tool, results } of log.runs ?? []) {
    const rules: any[] = tool.driver.rules;
    want(typeof tool.driver.name === 'string', 'the driver must have a name');
    want(new Set(rules.map(({ id }) => id)).size === rules.length, 'ids of rules must be unique');
    rules.forEach(({ id, shortDescription, help, defaultConfiguration }) => {
      want(Boolean(shortDescription.text && help.text), `${id} must be described`);
      want(LEVELS.includes(defaultConfiguration.level), `${id} must have a level`);
    });
    for (const { ruleId, ruleIndex, kind, level, message, locations, suppressions = [] } of results) {
      want(rules[ruleIndex]?.id === ruleId, `ruleIndex of ${ruleId} must lead to it`);
      want(LEVELS.includes(level), `${ruleId} must have a level`);
      want(kind === 'fail' || level === 'none', `${ruleId} must have no level unless it fails`);
      want(Boolean(message.text), `${ruleId} must have a message`);
      want(!/[^\w./%-]/.test(locations[0].physicalLocation.artifactLocation.uri), `${ruleId} must have a URI`);
      want(
        suppressions.every((one: any) => ['external', 'inSource'].includes(one.kind) && one.status === 'accepted'),
        `${ruleId} must be suppressed in a known way`,
      );
    }
  }
  return problems;
}

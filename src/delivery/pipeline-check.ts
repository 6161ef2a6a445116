/**
 * A check of pull requests that comes ready-made, by the name it is switched off with.
 */
export enum PipelineCheck {
  /** Rules and format of the code: ESLint and Prettier, Ruff and Black, gofmt and go vet. */
  LINT = 'lint',
  /** Types: tsc, mypy, go build. */
  TYPES = 'types',
  /** Tests and their coverage: Jest, pytest, go test. */
  TESTS = 'tests',
  /** Known vulnerabilities in dependencies: npm audit, pip-audit, govulncheck. */
  AUDIT = 'audit',
  /** Quality gate of SonarQube; runs where the variable `SONAR_HOST_URL` is set. */
  SONARQUBE = 'sonarqube',
  /** Dangerous patterns in code: Semgrep. */
  SEMGREP = 'semgrep',
  /** Vulnerabilities in images, and mistakes in files that configure things: Trivy. */
  TRIVY = 'trivy',
  /** Secrets in the history: Gitleaks. */
  GITLEAKS = 'gitleaks',
  /** Rules on synthesized stacks: Checkov. */
  CHECKOV = 'checkov',
}

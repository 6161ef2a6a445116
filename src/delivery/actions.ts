/**
 * Actions that generated workflows use, by commit, since a tag can be moved: hash, and the version it belongs to.
 *
 * The only place where this package names a version of an action. In a repository, the file of pins is written from it,
 * Dependabot and Renovate update that file together with the workflows, and what is newer there wins over this table.
 */
export const ACTIONS: Readonly<Record<string, string>> = {
  'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  'actions/download-artifact': '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1',
  'actions/setup-dotnet': 'a98b56852c35b8e3190ac28c8c2271da59106c68 # v6.0.0',
  'actions/setup-go': 'b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0',
  'actions/setup-node': '820762786026740c76f36085b0efc47a31fe5020 # v7.0.0',
  'actions/setup-python': '5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0',
  'actions/upload-artifact': 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0',
  'aquasecurity/setup-trivy': '81e514348e19b6112ce2a7e3ecbafe19c1e1f567 # v0.3.1',
  'azure/login': 'f5d393ae46f8fde4be8b75f32e3fc50e654ad0ca # v3.0.1',
  'hashicorp/setup-terraform': 'dfe3c3f87815947d99a8997f908cb6525fc44e9e # v4.0.1',
};

/**
 * Tools that the steps install, each at one version: from PyPI by pipx, from npm by npx, and Go modules, which the checksum
 * database vouches for.
 */
export const TOOLS = {
  black: '26.10.1',
  checkov: '3.3.30',
  cypress: '15.3.0',
  gitleaks: 'v8.30.1',
  govulncheck: 'v1.9.0',
  k6: 'v1.8.1',
  mypy: '2.4.1',
  newman: '6.2.2',
  pipAudit: '2.10.1',
  playwright: '1.65.1',
  ruff: '0.17.6',
  semgrep: '1.185.0',
  sonar: '5.0.1',
  trivy: 'v0.75.0',
} as const;

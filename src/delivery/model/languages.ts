import { TOOLS } from '../actions';
import { PipelineLanguage } from '../pipeline-language';
import { Language } from './pipeline-model';

/** What is done with the source of a language. */
export interface LanguageSteps {
  /** Version of the language, e.g. `22`. */
  readonly version: string;
  /** Commands, in order; empty for nothing. */
  readonly install: readonly string[];
  readonly lint: readonly string[];
  readonly types: readonly string[];
  readonly test: readonly string[];
  readonly audit: readonly string[];
  readonly build: readonly string[];
  /** Folder that becomes the archive. */
  readonly output: string;
}

const NOTHING = { install: [], lint: [], types: [], test: [], audit: [], build: [], output: '.' };
const VENV = '.venv/bin/python';

/** Ready-made steps; what a project brings itself (`npm run …`, its own versions of tools) is preferred to ours. */
export const LANGUAGES: Readonly<Record<Language, LanguageSteps>> = {
  [PipelineLanguage.NODE]: {
    version: '22',
    install: ['npm ci'],
    lint: ['npx --no-install eslint .', 'npx --no-install prettier --check .'],
    types: ['npx --no-install tsc --noEmit'],
    test: [
      'npx --no-install jest --ci --coverage --coverageReporters=text-summary --coverageReporters=lcov \\',
      '  --coverageThreshold="{\\"global\\":{\\"lines\\":$COVERAGE,\\"branches\\":$COVERAGE,\\"functions\\":$COVERAGE,\\"statements\\":$COVERAGE}}"',
    ],
    audit: ['npm audit --audit-level="$SEVERITY"'],
    build: ['npm run build --if-present'],
    output: 'dist',
  },
  [PipelineLanguage.PYTHON]: {
    version: '3.13',
    install: [
      'python -m venv .venv',
      `${VENV} -m pip install --quiet --requirement requirements.txt`,
      `if [ -f requirements-dev.txt ]; then ${VENV} -m pip install --quiet --requirement requirements-dev.txt; fi`,
    ],
    lint: [`pipx run ruff==${TOOLS.ruff} check .`, `pipx run black==${TOOLS.black} --check .`],
    types: [`${VENV} -m pip install --quiet mypy==${TOOLS.mypy}`, `${VENV} -m mypy --exclude .venv .`],
    test: [`${VENV} -m pytest --cov --cov-report=xml --cov-fail-under="$COVERAGE"`],
    audit: [`pipx run pip-audit==${TOOLS.pipAudit} --requirement requirements.txt`],
    build: [],
    output: '.',
  },
  [PipelineLanguage.GO]: {
    version: '1.25',
    install: ['go mod download', 'go mod verify'],
    lint: ['test -z "$(gofmt -l . | tee /dev/stderr)"', 'go vet ./...'],
    types: ['go build ./...'],
    test: [
      'go test -race -covermode=atomic -coverprofile=coverage.out ./...',
      `go tool cover -func=coverage.out | awk -v least="$COVERAGE" '/^total:/ { print; exit ($3 + 0 < least) }'`,
    ],
    audit: [`go run golang.org/x/vuln/cmd/govulncheck@${TOOLS.govulncheck} ./...`],
    build: ['mkdir -p dist', 'CGO_ENABLED=0 go build -trimpath -o dist/ ./...'],
    output: 'dist',
  },
  [PipelineLanguage.DOTNET]: { version: '9.0', ...NOTHING },
  [PipelineLanguage.NONE]: { version: '', ...NOTHING },
};

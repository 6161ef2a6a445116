import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Failure } from '../checkov/acceptance';
import { Tools } from './tools';

interface Finding {
  readonly ident: string;
  readonly desc: string;
  readonly locations: ReadonlyArray<{
    readonly symbolic: { readonly key: { readonly Local?: { readonly given_path: string } } };
  }>;
}

/** What zizmor finds in the workflows and actions of a tree, without asking anybody on the network. */
export function zizmorFindings({ zizmor }: Tools, tree: string): Failure[] {
  if (!fs.existsSync(path.join(tree, '.github'))) {
    return [];
  }
  const args = [
    '--offline',
    '--no-config',
    '--persona',
    'pedantic',
    '--no-progress',
    '--no-exit-codes',
    '--format',
    'json',
    tree,
  ];
  const { stdout, stderr, status } = spawnSync(zizmor, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) {
    throw new Error(`zizmor did not answer with a report:\n${stderr}`);
  }
  return (JSON.parse(stdout) as Finding[]).map(({ ident, desc, locations }) => ({
    id: ident,
    name: desc,
    where: path.relative(tree, locations[0]?.symbolic.key.Local?.given_path ?? tree),
  }));
}

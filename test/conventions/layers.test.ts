import { readdirSync, readFileSync } from 'fs';
import { join, posix, sep } from 'path';

const ROOT = join(__dirname, '../..');
const MEANS = ['core', 'contracts', 'access', 'network'];

/** Folder by folder, which other folders it may import. */
const MAY_IMPORT: { [folder: string]: string[] } = {
  contracts: [],
  secrets: [],
  core: ['contracts'],
  access: ['core', 'contracts'],
  network: ['core', 'contracts'],
  web: [...MEANS, 'secrets'],
  data: MEANS,
  storage: MEANS,
  security: MEANS,
  edge: MEANS,
  kubernetes: MEANS,
  tenancy: MEANS,
  jobs: MEANS,
  resilience: MEANS,
  cost: MEANS,
  observability: ['core', 'contracts', 'access'],
  delivery: ['core', 'contracts'],
  documents: ['core', 'contracts'],
  compliance: ['secrets'],
  testing: ['secrets'],
  sas: [],
  cli: ['core'],
};

/** Folders that do not run at synthesis: they may know the clock and the process they are in. */
const TOOLS = ['testing', 'cli', 'sas'];

/** Constructs that are parts of public ones, and so stay out of `index.ts`. */
const INTERNAL: { [file: string]: string } = {
  'delivery/identities/pipeline-identity.ts': 'what the identities of a pipeline have in common',
  'network/flow-logs.ts': 'defined by PrivateNetwork, reached through its resources',
  'network/imported-network.ts': 'what PrivateNetwork.from…() returns, as an IPrivateNetwork',
  'network/outbound.ts': 'defined by PrivateNetwork, reached through its resources',
};

/** Files that reach into cdktf, and why they may. */
const INSIDE_CDKTF: { [file: string]: string } = {
  'core/faster-cdktf.ts':
    'stack traces of tokens have no public switch; where the modules differ, synthesis is slower and not wrong',
};

class Source {
  public readonly text: string;
  /** The text without comments, so that rules on code do not stumble over words. */
  public readonly code: string;
  public readonly folder: string;
  public readonly imports: string[];

  constructor(public readonly file: string) {
    this.text = readFileSync(join(ROOT, 'src', file), 'utf8');
    this.code = this.text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    this.folder = file.includes('/') ? file.split('/')[0] : '';
    this.imports = [...this.code.matchAll(/(?:from|import\(|require\()\s*'([^']+)'/g)].map(([, from]) => from);
  }

  public get lines(): number {
    return linesIn(this.text);
  }

  /** Modules of ours that this file imports. */
  public get modules(): string[] {
    return this.imports
      .filter((from) => from.startsWith('.'))
      .map((from) => posix.join(posix.dirname(this.file), from));
  }

  /** Other folders of the house that this file looks into. */
  public get neighbours(): string[] {
    return this.modules.map((module) => module.split('/')[0]).filter((folder) => folder !== this.folder);
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.split(sep).join('/'))
    .sort();
}

/** Folders of TypeScript that is not part of the package, and what in them nobody wrote by hand. */
const BESIDE = ['.projen', 'examples', 'test'];
const GENERATED = /(^|\/)(node_modules|fixtures|\.delivery|cdktf\.out)\//;

const sources = filesOf('src').map((file) => new Source(file));
/** All that is written by hand, with how long it is. */
const written = [
  ...sources.map(({ file, lines }) => ({ file: `src/${file}`, lines })),
  ...BESIDE.flatMap((folder) => filesOf(folder).map((file) => `${folder}/${file}`))
    .filter((file) => !GENERATED.test(file))
    .map((file) => ({ file, lines: linesIn(readFileSync(join(ROOT, file), 'utf8')) })),
];
const inHouse = sources.filter(({ folder }) => folder !== '');
const atSynthesis = inHouse.filter(({ folder }) => !TOOLS.includes(folder));

/** Where a pattern occurs in the code of some files, as `file: found`. */
function found(pattern: RegExp, among: Source[]): string[] {
  return among.flatMap(({ file, code }) => [...code.matchAll(pattern)].map(([text]) => `${file}: ${text}`));
}

describe('imports', () => {
  test('every file lies in a folder of the house', () => {
    expect(inHouse.filter(({ folder }) => !(folder in MAY_IMPORT)).map(({ file }) => file)).toEqual([]);
    expect(sources.filter(({ folder }) => folder === '').map(({ file }) => file)).toEqual(['index.ts']);
  });

  test('point down, never sideways', () => {
    const sideways = inHouse.flatMap(({ file, folder, neighbours }) =>
      neighbours.filter((other) => !MAY_IMPORT[folder]?.includes(other)).map((other) => `${file} imports ${other}`),
    );
    expect(sideways).toEqual([]);
  });

  test('go one way round inside of the linter, too', () => {
    const { rules } = JSON.parse(readFileSync(join(ROOT, '.eslintrc.json'), 'utf8').replace(/^\/\/.*$/gm, ''));
    const zones: Array<{ target: string; except: string[] }> = rules['import/no-restricted-paths'][1].zones;
    const allowed = Object.fromEntries(
      zones.map(({ target, except }) => [target.split('/').pop(), except.map((path) => path.replace('./', '')).sort()]),
    );
    const differing = Object.keys(allowed).filter(
      (folder) => JSON.stringify(allowed[folder]) !== JSON.stringify([folder, ...MAY_IMPORT[folder]].sort()),
    );
    expect(differing).toEqual([]);
  });

  test('of contracts are constructs, and nothing else', () => {
    const others = sources
      .filter(({ folder }) => folder === 'contracts')
      .flatMap(({ file, imports }) =>
        imports.filter((from) => !from.startsWith('.') && from !== 'constructs').map((from) => `${file}: ${from}`),
      );
    expect(others).toEqual([]);
  });

  test('bring no behaviour along in contracts: those are interfaces, structs and enums', () => {
    const contracts = sources.filter(({ folder }) => folder === 'contracts');
    expect(found(/^export (abstract |default )?(class|function|const|let)\b.*/gm, contracts)).toEqual([]);
  });

  test('of the command load neither cdktf nor constructs, however far they reach', () => {
    const reached = new Set<Source>(sources.filter(({ folder }) => folder === 'cli'));
    for (const { modules } of reached) {
      modules.forEach((module) => reached.add(sources.find(({ file }) => file === `${module}.ts`)!));
    }
    const packages = [...reached].flatMap(({ imports }) => imports.filter((from) => !from.startsWith('.')));
    expect([...new Set(packages)].sort()).toEqual(['diff', 'fs', 'path', 'util']);
  });

  test('take provider resources one by one, and nothing from inside of cdktf', () => {
    const wide = (pattern: RegExp) => sources.filter(({ imports }) => imports.some((from) => pattern.test(from)));
    expect(wide(/^@cdktf\/provider-[a-z]+(\/lib)?$/).map(({ file }) => file)).toEqual([]);
    expect(wide(/^(cdktf|constructs)\//).map(({ file }) => file)).toEqual(Object.keys(INSIDE_CDKTF));
  });
});

describe('code', () => {
  test('asks the profile, not the name of the environment', () => {
    const others = atSynthesis.filter(({ file }) => file !== 'core/environment.ts');
    expect(found(/\bEnvironment\.(DEV|TEST|STAGING|PREPROD|PROD)\b|environment\.name\s*[!=]==?/g, others)).toEqual([]);
  });

  test('knows no clock, no chance, no locale and no process at synthesis', () => {
    const restless =
      /\bnew Date\(\)|\bDate\.now\b|\bMath\.random\b|\brandom(UUID|Bytes|Int)\b|\bprocess\.\w+|\bperformance\.now\b|\.toLocale\w+|\.localeCompare\([^,()]*\)|\bhostname\(\)/g;
    expect(found(restless, atSynthesis)).toEqual([]);
  });

  test('takes false and 0 for answers', () => {
    expect(found(/\b(props|options|profile)\.\w+ \|\| .*/g, atSynthesis)).toEqual([]);
  });

  test('orders resources with dependsOn: cdktf renders nothing for the other way', () => {
    expect(found(/\.node\.addDependency\(/g, atSynthesis)).toEqual([]);
  });

  test('announces itself at the end of the constructor, when it can be monitored', () => {
    const monitored = atSynthesis.filter(
      ({ code }) => / {2}constructor\(scope: Construct/.test(code) && /toMonitoringTarget\(\): \w+ \{/.test(code),
    );
    const silent = monitored.filter(({ code }) => !/\bannounce\(this, props\);\n {2}\}/.test(code));
    expect(silent.map(({ file }) => file)).toEqual([]);
  });

  test('is finished', () => {
    const unfinished = /\b(TODO|FIXME|XXX|HACK)\b/;
    expect(sources.filter(({ text }) => unfinished.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

describe('files', () => {
  test('are short enough to read in one sitting', () => {
    expect(written.filter(({ lines }) => lines > 300).map(({ file, lines }) => `${file}: ${lines}`)).toEqual([]);
  });

  test.each(['src', ...BESIDE])('are below 200 lines for the most part: %s', (folder) => {
    const lengths = written.filter(({ file }) => file.startsWith(`${folder}/`)).map(({ lines }) => lines);
    const [median] = lengths.sort((a, b) => a - b).slice(Math.floor(lengths.length / 2));
    expect(median).toBeLessThan(200);
  });

  test('hold one public construct each, named like the file', () => {
    const wrong = atSynthesis.flatMap(({ file, code }) => {
      const constructs = [...code.matchAll(/^export class (\w+) extends (?:\w*Construct|\w+Base)\b/gm)].map(
        ([, name]) => name,
      );
      const expected = posix.basename(file, '.ts').replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
      return constructs.every((name) => name === expected) ? [] : [`${file}: ${constructs.join(', ')}`];
    });
    expect(wrong).toEqual([]);
  });
});

describe('index.ts', () => {
  const exported = [...readFileSync(join(ROOT, 'src/index.ts'), 'utf8').matchAll(/^export \* from '\.\/(.+)';$/gm)].map(
    ([, module]) => module,
  );

  test('holds sorted exports, and nothing else', () => {
    expect(exported).toEqual([...exported].sort());
    expect(exported).toHaveLength(sources.find(({ file }) => file === 'index.ts')!.lines);
  });

  test('leaves out no construct and no contract', () => {
    const publics = atSynthesis.filter(
      ({ folder, code }) =>
        folder === 'contracts' ||
        /^export (abstract )?class \w+ extends (\w*Construct|\w+Base|Terraform\w+)\b/m.test(code),
    );
    const missing = publics
      .map(({ file }) => file)
      .filter((file) => !exported.includes(file.replace(/\.ts$/, '')) && !(file in INTERNAL));
    expect(missing).toEqual([]);
  });

  test('leaves the tools out, which jsii must not see', () => {
    expect(exported.filter((file) => TOOLS.includes(file.split('/')[0]))).toEqual([]);
  });
});

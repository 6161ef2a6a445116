import { readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { answerTo } from './cli/fixture';
import { programsIn } from './demo/programs';
import { scratch } from './support/scratch';

/** Arguments whose value is a secret. */
const TAKES_SECRET =
  /^(\w+_)?(password|password_wo|value_wo|access_key|client_secret|connection_string|sas_token|private_key|secret_value)$/;

/** What a key, a signature or a connection string looks like. */
const LOOKS_SECRET = /(AccountKey|SharedAccessKey|Password)=[^;$]|[?&]sig=|BEGIN [A-Z ]*PRIVATE KEY/i;

/** What they render is asserted row by row, in `specification`. */
const PLATFORMS = ['data-quality-saas', 'fundraising-platform'];

/** The one that shows what a repository looks like. */
const COMMITTED = ['fundraising-platform'];

const outdir = scratch('examples');

afterAll(() => delete process.env.CDKTF_OUTDIR);

/** Without what cdktf says about where things come from, and where a state lies that is kept in a file beside the program. */
function withoutMetadata(value: unknown): unknown {
  const here = JSON.stringify(value).split(process.cwd()).join('.');
  return JSON.parse(here, (key, inner) => (key === '//' ? undefined : inner));
}

describe.each(programsIn(join(__dirname, '../examples')))('$name', ({ name, file }) => {
  const stacksDir = join(outdir, name, 'stacks');
  const rendered = (stack: string) => JSON.parse(readFileSync(join(stacksDir, stack, 'cdk.tf.json'), 'utf8'));
  let stacks: string[];

  beforeAll(() => {
    process.env.CDKTF_OUTDIR = join(outdir, name);
    jest.requireActual(file);
    stacks = readdirSync(stacksDir).sort();
  });

  test('keeps its addresses: whoever loses one here loses a resource', () => {
    const addresses = stacks.map((stack) => [
      stack,
      Object.entries<object>(rendered(stack).resource)
        .flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`))
        .sort(),
    ]);
    expect(Object.fromEntries(addresses)).toMatchSnapshot();
  });

  test('holds no secret: no argument that takes one has a literal, and no text looks like one', () => {
    const found: string[] = [];
    for (const stack of stacks) {
      JSON.parse(JSON.stringify(rendered(stack)), (key, value) => {
        if (
          typeof value === 'string' &&
          ((TAKES_SECRET.test(key) && !value.includes('${')) || LOOKS_SECRET.test(value))
        ) {
          found.push(`${stack}: ${key} = ${value}`);
        }
        return value;
      });
    }
    expect(found).toEqual([]);
  });

  if (COMMITTED.includes(name)) {
    test('has committed what it writes for its repository', () => {
      // To write it again: azure-platform-constructs files <folder that cdktf wrote> --to examples/<name>
      expect(answerTo('files', join(outdir, name), '--to', dirname(file), '--check')).toMatchObject({ code: 0 });
    });
  }

  if (!PLATFORMS.includes(name)) {
    test('renders as it did, in production', () => {
      for (const stack of stacks.filter((candidate) => candidate.endsWith('-prod'))) {
        const { terraform, ...blocks } = rendered(stack);
        expect(Object.keys(terraform)).toContain('required_providers');
        expect(withoutMetadata(blocks)).toMatchSnapshot(stack);
      }
    });
  }
});

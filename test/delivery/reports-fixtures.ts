import { scratch } from '../support/scratch';

export const script = (name: string) => jest.requireActual(`../../assets/delivery/${name}.cjs`);
const { inputsOf } = script('host');

/** A folder for the test that runs, in files that call `folderBeforeEach`. */
export let folder: string;

export function folderBeforeEach(): void {
  beforeEach(() => void (folder = scratch('reports')));
}

/** Runs the main function of a script, with what it says instead of an exit code. */
export async function run(name: string, env: { [key: string]: string }, machine: object = {}) {
  const outputs: { [key: string]: string } = {};
  const lines: string[] = [];
  const report = {
    log: (text: string) => lines.push(text),
    warn: (text: string) => lines.push(text),
    output: (key: string, value: string) => (outputs[key] = value),
    summary: () => {},
  };
  const clock = { now: () => Date.parse('2026-01-05T10:00:00Z'), sleep: async () => {} };
  let error: Error | undefined;
  await script(name)
    .main({ env, inputs: inputsOf(env), clock, report, ...machine })
    .catch((caught: Error) => (error = caught));
  return { outputs, lines, error };
}

/** GitHub as far as comments and issues go. */
export class FakeGitHub {
  public readonly env = {
    GITHUB_TOKEN: 't',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_API_URL: 'https://api.example.com',
  };
  public readonly calls: string[] = [];
  public readonly entries: any[] = [];

  public readonly fetch = async (address: string, { method, body }: { method: string; body?: string }) => {
    const { pathname, searchParams } = new URL(address);
    const path = pathname.replace('/repos/acme/shop', '');
    const given = body === undefined ? {} : JSON.parse(body);
    this.calls.push(`${method} ${path}`);
    return { ok: true, status: 200, json: async () => this.answer(method, path, searchParams, given) };
  };

  private answer(method: string, path: string, query: URLSearchParams, body: any): unknown {
    const id = Number(path.split('/').pop());
    if (method === 'GET') {
      const wanted = this.entries.filter(({ state }) => query.get('state') !== 'open' || state === 'open');
      const [page, size] = [Number(query.get('page')), Number(query.get('per_page'))];
      return wanted.slice((page - 1) * size, page * size);
    }
    if (method === 'PATCH') {
      return Object.assign(
        this.entries.find((entry) => entry.id === id),
        body,
      );
    }
    if (!path.endsWith('/comments') || !('state' in (this.entries[0] ?? {}))) {
      const number = this.entries.length + 1;
      const state = path === '/issues' ? { state: 'open' } : {};
      this.entries.push({ id: number, number, user: { type: 'Bot' }, ...state, ...body });
    }
    return {};
  }
}

const CHANGE = {
  create: { actions: ['create'], before: null, after: { name: 'x' } },
  update: { actions: ['update'], before: { sku: 'hunter2', size: 1 }, after: { sku: 'hunter3', size: 1 } },
  delete: { actions: ['delete'], before: { password: 'hunter2' }, after: null },
  replace: {
    actions: ['delete', 'create'],
    before: { location: 'hunter2' },
    after: { location: 'hunter3' },
    replace_paths: [['location'], ['tags', 'Müller & Sons'], ['site_config', 0, 'always_on']],
  },
};

export function planOf(...resources: Array<[string, keyof typeof CHANGE, string?]>) {
  return {
    resource_changes: resources.map(([address, change, type = 'azurerm_subnet']) => ({
      address,
      type,
      mode: 'managed',
      change: CHANGE[change],
    })),
  };
}

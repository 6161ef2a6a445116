const { contextOf } = jest.requireActual('../../assets/delivery/context.cjs');
const { keptSignedIn, whileSignedIn } = jest.requireActual('../../assets/delivery/session.cjs');
const { inputsOf } = jest.requireActual('../../assets/delivery/host.cjs');

const MINUTE = 60_000;
const ENV = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://tokens.example.com/?run=1',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'bearer-of-the-run',
  ARM_CLIENT_ID: 'client',
  ARM_TENANT_ID: 'tenant',
  ARM_SUBSCRIPTION_ID: 'subscription',
};

/** Answers as GitHub does, with a token for each request. */
function tokens({ status = () => 200 }: { status?: () => number } = {}) {
  const asked: string[] = [];
  const fetch = async (url: string, { headers }: { headers: { authorization: string } }) => {
    asked.push(`${headers.authorization} ${url}`);
    return { ok: status() === 200, status: status(), json: async () => ({ value: `token-${asked.length}` }) };
  };
  return { asked, fetch };
}

/** A run whose commands are kept, and whose time goes on when it is told so. */
function session({ env = ENV, status }: { env?: object; status?: () => number } = {}) {
  const [commands, lines]: string[][] = [[], []];
  const { asked, fetch } = tokens({ status });
  let time = 0;
  const az = keptSignedIn(async (args: string[]) => void commands.push(args.join(' ')), {
    inputs: inputsOf(env),
    clock: { now: () => time },
    log: (text: string) => lines.push(text),
    fetch,
  });
  return { az, commands, asked, lines, wait: (minutes: number) => (time += minutes * MINUTE) };
}

const SIGN_IN = (n: number) => [
  `login --service-principal --username client --tenant tenant --federated-token token-${n}`,
  'account set --subscription subscription',
];

test('signs in anew before the token is an hour old, each time', async () => {
  const { az, commands, asked, wait } = session();

  await az(['first']);
  wait(39);
  await az(['still']);
  wait(1);
  await az(['later']);
  wait(40);
  await az(['latest']);

  expect(commands).toEqual(['first', 'still', ...SIGN_IN(1), 'later', ...SIGN_IN(2), 'latest']);
  expect(asked[0]).toBe(
    'bearer bearer-of-the-run https://tokens.example.com/?run=1&audience=api%3A%2F%2FAzureADTokenExchange',
  );
});

test('signs in once for commands that run side by side', async () => {
  const { az, commands, wait } = session();

  wait(50);
  await Promise.all([az(['one']), az(['two'])]);

  expect(commands).toEqual([...SIGN_IN(1), 'one', 'two']);
});

test('goes on with the old token where it gets none, and asks again', async () => {
  let status = 503;
  const { az, commands, lines, wait } = session({ status: () => status });

  wait(41);
  await az(['now']);
  expect(commands).toEqual(['now']);
  expect(lines).toEqual(['could not sign in anew: GitHub answered 503']);

  status = 200;
  await az(['again']);
  expect(commands).toEqual(['now', ...SIGN_IN(2), 'again']);
});

test.each(Object.keys(ENV))('leaves it to others without %s', async (name) => {
  const { az, commands, wait } = session({ env: { ...ENV, [name]: '' } });

  wait(90);
  await az(['command']);

  expect(commands).toEqual(['command']);
});

test('a rollout keeps itself signed in', async () => {
  const commands: string[] = [];
  let time = 0;
  const { app } = contextOf({
    inputs: inputsOf({
      ...ENV,
      ROLLOUT_APP_ID: '/subscriptions/x/resourceGroups/rg/providers/Microsoft.Web/sites/app',
    }),
    clock: { now: () => time },
    report: { log: () => {} },
    az: async (args: string[]) => void commands.push(args.slice(0, 2).join(' ')),
    fetch: async () => ({ ok: true, json: async () => ({ value: 'token' }) }),
  });

  time = 60 * MINUTE;
  await app.observe().catch(() => {});

  expect(commands.slice(0, 2)).toEqual(['login --service-principal', 'account set']);
  expect(commands.length).toBeGreaterThan(2);
});

describe('a rehearsal that signs in by itself', () => {
  /** Carries something out that takes some minutes; answers what was run meanwhile. */
  async function rehearsed(minutes: number, env: object = ENV): Promise<string[]> {
    const commands: string[] = [];
    let passed = 0;
    let end = () => {};
    const over = new Promise<void>((resolve) => (end = resolve));
    const clock = {
      sleep: async (ms: number, signal: AbortSignal) => {
        passed += ms / MINUTE;
        if (passed >= minutes) {
          end();
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        }
      },
    };
    const az = async (args: string[]) => void commands.push(args.join(' '));
    const machine = { az, inputs: inputsOf(env), clock, log: () => {}, fetch: tokens().fetch };
    const action = async () => {
      await (env === ENV && over);
      return 'done';
    };

    expect(await whileSignedIn(action, machine)).toBe('done');
    return commands;
  }

  test.each([
    [39, []],
    [100, [1, 2]],
  ])('of %d minutes has its sign-in renewed', async (minutes, renewed) => {
    expect(await rehearsed(minutes)).toEqual(renewed.flatMap(SIGN_IN));
  });

  test('elsewhere is left alone', async () => {
    expect(await rehearsed(100, {})).toEqual([]);
  });
});

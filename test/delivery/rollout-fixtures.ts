const { main } = jest.requireActual('../../assets/delivery/rollout.cjs');
const { NEW, World } = jest.requireActual('./fakes/world.cjs');
export const DEPLOY = { ROLLOUT_ARTIFACT: NEW };
export const RETURN = { ROLLOUT_ACTION: 'return', ROLLOUT_ARTIFACT: NEW };
/** The same steps, with less time to watch each. */
export const QUICK = { ...DEPLOY, ROLLOUT_STEPS: '10:1,25:1,50:1,100:0' };
export const GATES = JSON.stringify([
  { name: 'server errors', metric: 'Http5xx', aggregation: 'Total', threshold: 10, scaled: false },
  { name: 'slow responses', metric: 'HttpResponseTime', aggregation: 'Average', atMost: 3 },
]);

/** Runs a release without a fault, to know how many commands it takes. */
export async function commandsOf(env: object): Promise<string[]> {
  return (await new World().run(main, env)).commands;
}

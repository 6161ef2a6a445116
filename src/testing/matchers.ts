import { offlinePlan, OfflinePlanOptions } from './offline-plan';
import { Plan } from './plan/plan';
import { Subject } from './synthesis';

/** What a matcher answers, in the form of jest and vitest. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** What can be planned, or a plan. */
type Received = Plan | Subject;

/**
 * Matchers for `expect.extend(matchers)`, of jest or vitest. All are asynchronous: `await expect(app).toPlanCleanly()`. They take what
 * `offlinePlan` takes, or a plan, which saves another run of terraform.
 */
export const matchers = {
  /** Terraform accepts the plan. */
  toPlanCleanly: async (received: Received, options?: OfflinePlanOptions) =>
    judged(received, options, 'to be refused', (plan) => plan.succeeds()),

  /** The plan only adds, and so many resources; see `Plan.toAdd()`. */
  toAddResources: async (received: Received, expected?: Parameters<Plan['toAdd']>[0], options?: OfflinePlanOptions) =>
    judged(received, options, 'to do more than add these', (plan) => plan.toAdd(expected)),

  /** Nothing is replaced; with `after`, in comparison with what exists. */
  toReplaceNothing: async (received: Received, options?: OfflinePlanOptions) =>
    judged(received, options, 'to replace something', (plan) => plan.replacesNothing()),

  /** Nothing is replaced or removed; with `after`, in comparison with what exists. */
  toDestroyNothing: async (received: Received, options?: OfflinePlanOptions) =>
    judged(received, options, 'to destroy something', (plan) => plan.destroysNothing()),

  /** Nothing changes at all; with `after`, in comparison with what exists. */
  toChangeNothing: async (received: Received, options?: OfflinePlanOptions) =>
    judged(received, options, 'to change something', (plan) => plan.changesNothing()),

  /** Nothing can be reached by everybody; see `Plan.noPublicAccess()`. */
  toHaveNoPublicAccess: async (received: Received, except?: string[], options?: OfflinePlanOptions) =>
    judged(received, options, 'to be reached by everybody', (plan) => plan.noPublicAccess(except)),

  /** No secret is written down; see `Plan.noSecrets()`. */
  toContainNoSecrets: async (received: Received, markers?: string[], options?: OfflinePlanOptions) =>
    judged(received, options, 'to contain secrets', (plan) => plan.noSecrets(markers)),
};

/** The matchers as methods of `expect()`, for declarations of a test framework. */
export interface PlanMatchers<R = unknown> {
  toPlanCleanly(options?: OfflinePlanOptions): Promise<R>;
  toAddResources(expected?: Parameters<Plan['toAdd']>[0], options?: OfflinePlanOptions): Promise<R>;
  toReplaceNothing(options?: OfflinePlanOptions): Promise<R>;
  toDestroyNothing(options?: OfflinePlanOptions): Promise<R>;
  toChangeNothing(options?: OfflinePlanOptions): Promise<R>;
  toHaveNoPublicAccess(except?: string[], options?: OfflinePlanOptions): Promise<R>;
  toContainNoSecrets(markers?: string[], options?: OfflinePlanOptions): Promise<R>;
}

declare global {
  // jest's own types, where they are installed, take these up; nothing is imported
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-unused-vars, @typescript-eslint/no-empty-object-type
    interface Matchers<R, T = {}> extends PlanMatchers<R> {}
  }
}

async function judged(
  received: Received,
  options: OfflinePlanOptions | undefined,
  opposite: string,
  assertion: (plan: Plan) => void,
): Promise<MatcherResult> {
  const plan = received instanceof Plan ? received : await offlinePlan(received, options);
  try {
    assertion(plan);
    return { pass: true, message: () => `expected the plan ${opposite}` };
  } catch (error) {
    return { pass: false, message: () => (error as Error).message };
  }
}

import type { GithubProvider } from '@cdktf/provider-github/lib/provider';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { isDefaultProvider } from '../../core/utility-providers';

/** What to type where the provider is missing. */
const INSTALL = 'npm install @cdktf/provider-github@^15';

/** Loads a part of the provider when it is needed: whoever has no repository at GitHub need not have it. */
export function load<T>(part: string): T {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(`@cdktf/provider-github/lib/${part}`) as T;
  } catch (error) {
    throw new Error(
      `GithubEnvironments needs @cdktf/provider-github, which cannot be loaded; install it with: ${INSTALL}`,
      { cause: error },
    );
  }
}

/** Sees to it that the stack of a construct has the GitHub provider; one that is there already is used. */
export function ensureGithubProvider(scope: Construct, repository: string): void {
  const stack = TerraformStack.of(scope);
  if (!stack.node.findAll().some((x) => isDefaultProvider(x, 'github'))) {
    const module = load<{ GithubProvider: typeof GithubProvider }>('provider');
    new module.GithubProvider(stack, 'github', { owner: repository.split('/')[0] });
  }
}

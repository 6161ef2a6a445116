import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { StorageAccount, StorageAccountConfig } from '@cdktf/provider-azurerm/lib/storage-account';
import { App, TerraformStack } from 'cdktf';
import { judge, JudgeOptions, StackVerdict } from '../../../src/testing/terraform';
import { scratch } from '../../support/scratch';

/** What defines a stack, by the name of the stack. */
export type Program = Record<string, (stack: TerraformStack) => void>;

/** Synthesizes stacks, each with an azurerm provider and a resource group `rg`, and answers where. */
export function synthesized(program: Program): string {
  const app = new App({ outdir: scratch('judged') });
  for (const [name, define] of Object.entries(program)) {
    const stack = new TerraformStack(app, name);
    new AzurermProvider(stack, 'azurerm', { features: [{}] });
    new ResourceGroup(stack, 'rg', { name: 'rg-test', location: 'westeurope' });
    define(stack);
  }
  app.synth();
  return app.outdir;
}

/** The verdict on a program of one stack, `prod`. */
export async function verdictOn(define: Program[string], options?: JudgeOptions): Promise<StackVerdict> {
  const [verdict] = await judge([synthesized({ prod: define })], options);
  return verdict;
}

/** The resource group of every stack. */
export function groupOf(stack: TerraformStack): ResourceGroup {
  return stack.node.findChild('rg') as ResourceGroup;
}

/** A storage account `data` with what it must have. */
export function storageAccount(stack: TerraformStack, more: Partial<StorageAccountConfig> = {}): StorageAccount {
  const { name: resourceGroupName, location } = groupOf(stack);
  return new StorageAccount(stack, 'data', {
    name: 'sttest',
    resourceGroupName,
    location,
    accountTier: 'Standard',
    accountReplicationType: 'LRS',
    ...more,
  });
}

import { TerraformStack, TerraformVariable, Testing } from 'cdktf';

export const GUID = '00000000-0000-0000-0000-00000000000a';

export const emptyStack = (name: string = 'stack') => new TerraformStack(Testing.app(), name);

/** What synthesis would refuse a stack for. */
export const problemsOf = (stack: TerraformStack) =>
  stack.node.findAll().flatMap((x) => x.node.validate().map((problem) => `[${x.node.path}] ${problem}`));
export const tokenIn = (stack: TerraformStack) => new TerraformVariable(stack, 'Any', { type: 'string' }).stringValue;

import { TerraformElement, TerraformOutput, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { nameProblemsOf } from './duplicate-names';

/** What Terraform takes as the name of a block. */
const NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

const watched = new WeakSet<TerraformStack>();

/**
 * Has a stack refuse, at synthesis, constructs that share an address, or have one that Terraform does not take; and those
 * that share a name of Azure.
 *
 * cdktf says nothing about any of it: it merges what shares an address into one. Watching twice is once.
 */
export function watchAddresses(stack: TerraformStack): void {
  if (!watched.has(stack)) {
    watched.add(stack);
    stack.node.addValidation({ validate: () => [...addressProblemsOf(stack), ...nameProblemsOf(elementsOf(stack))] });
  }
}

/**
 * What is wrong with the addresses of a stack, as sentences; one walk over its constructs.
 */
export function addressProblemsOf(stack: TerraformStack): string[] {
  const paths = new Map<string, string[]>();
  const illegal: string[] = [];
  for (const element of elementsOf(stack)) {
    const block = blockOf(element);
    if (block !== undefined) {
      const { friendlyUniqueId: name, node } = element;
      const address = `${block}.${name}`;
      paths.set(address, paths.get(address) ?? []);
      paths.get(address)!.push(node.path);
      if (!NAME.test(name)) {
        illegal.push(
          `${node.path}: ${address} is no address that Terraform takes; give it an id that starts with a letter, and has letters, digits, '_' and '-' only`,
        );
      }
    }
  }
  return [...collisionsIn(paths), ...illegal];
}

function collisionsIn(paths: Map<string, string[]>): string[] {
  return [...paths]
    .filter(([, sharing]) => sharing.length > 1)
    .map(
      ([address, sharing]) =>
        `${sharing.join(' and ')} have the same address ${address}, so that Terraform would see only one of them; change the id of the newer one by more than characters that cdktf drops from addresses (it keeps letters, digits, '_' and '-', and leaves out ids 'Default'), or its logical id where one was set`,
    );
}

/** Whatever cdktf renders into this stack; a stack inside of it has a file of its own. */
function elementsOf(scope: IConstruct, into: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(scope)) {
    into.push(scope);
  }
  for (const child of scope.node.children) {
    if (!TerraformStack.isStack(child)) {
      elementsOf(child, into);
    }
  }
  return into;
}

/** The two places where cdktf keeps what an element is, and whether it renders only a `moved` block. */
interface Element {
  readonly _elementType?: string;
  readonly _hasMoved?: boolean;
}

/** What the address of an element starts with; nothing for what has no address (providers, backends). */
function blockOf(element: TerraformElement): string | undefined {
  const { _elementType, _hasMoved }: Element = element as object;
  if (TerraformOutput.isTerraformOutput(element)) {
    return 'output';
  }
  return _hasMoved ? undefined : _elementType;
}

import { JsonPath, Positions } from './positions';
import { namesIn, Stack } from './stack';
import { Finding } from './verdict';

/** A diagnostic in terraform's JSON output. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string; readonly start: { readonly byte: number } };
}

/** What stands for a section in the address of what is in it; the rest is written as it is. */
const PREFIXES: Record<string, string> = { resource: '', variable: 'var.', locals: 'local.', terraform: 'terraform' };

/** Number of steps from the top of the document to a block, where it is not two: the section and a name. */
const DEPTHS: Record<string, number> = { resource: 3, data: 3, ephemeral: 3, terraform: 1 };

/** How terraform, and the value rules, say that something is missing. */
const MISSING = [
  /^The argument "(\w+)" is required/,
  /^At least \d+ "(\w+)" block/,
  /^exactly one of "(?:[\w.]*\.)?(\w+)".* must be given, got none$/,
  /^at least one of "(?:[\w.]*\.)?(\w+)".* must be given$/,
];

/** Collects findings about a stack, each once. */
export class Findings {
  private readonly found = new Map<string, Finding>();
  private readonly original: Positions;

  /**
   * @param judged text of what terraform sees: the stack with changes, which leave the paths to everything else as they are
   */
  constructor(
    private readonly stack: Stack,
    private readonly judged: Positions,
  ) {
    this.original = new Positions(stack.text);
  }

  public get refused(): boolean {
    return [...this.found.values()].some(({ severity }) => severity === 'error');
  }

  public add(phase: Finding['phase'], diagnostic: Diagnostic): void {
    const { severity, range } = diagnostic;
    const summary = inOrder(diagnostic.summary);
    const detail = (diagnostic.detail ?? '').replace(/\s+/g, ' ').trim();
    const inStack = range?.filename === 'cdk.tf.json';
    const path = inStack ? this.judged.pathAt(range.start.byte) : [];
    const finding: Finding = {
      severity,
      summary,
      detail,
      ...this.place(path, diagnostic.address, missingIn(detail)),
      ...(inStack && { line: this.original.lineOf(path) }),
      phase,
    };
    // a plan repeats what validation has said
    const key = JSON.stringify({ ...finding, phase: undefined });
    this.found.set(key, this.found.get(key) ?? finding);
  }

  /** Errors first, then by place: terraform reports in no particular order. */
  public sorted(): Finding[] {
    const key = ({ severity, line = 0, attribute = '', summary, detail }: Finding): string =>
      [severity, String(line).padStart(8, '0'), attribute, summary, detail].join('\n');
    return [...this.found.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }

  private place(
    path: JsonPath,
    known?: string,
    missing?: string,
  ): Pick<Finding, 'address' | 'attribute' | 'construct'> {
    const [section, ...names] = this.completed(path);
    const depth = DEPTHS[section] ?? 2;
    const found = path.length > 0 && names.length >= depth - 1;
    const address =
      known ?? (found ? (PREFIXES[section] ?? `${section}.`) + names.slice(0, depth - 1).join('.') : undefined);
    const inside = path.slice(depth).map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
    const attribute = [...inside, ...(missing && path[path.length - 1] !== missing ? [`.${missing}`] : [])];
    const construct = this.constructAt([section, ...names]) ?? this.constructOf(known);
    return {
      ...(address && { address }),
      ...(construct && { construct }),
      ...(attribute.length > 0 && { attribute: attribute.join('').replace(/^(\[\d+\])?\.?/, '') }),
    };
  }

  // of an unknown type terraform gives the place of the type: the first block of it stands for all
  private completed(path: JsonPath): JsonPath {
    const isType = path.length === 2 && DEPTHS[path[0]] === 3;
    return isType ? [...path, ...namesIn(this.stack.json[path[0]]?.[path[1]]).slice(0, 1)] : path;
  }

  private constructAt(path: JsonPath): string | undefined {
    let value = this.stack.json;
    let construct: string | undefined;
    for (const step of path) {
      value = value?.[step];
      construct = value?.['//']?.metadata?.path ?? construct;
    }
    return construct;
  }

  private constructOf(address?: string): string | undefined {
    const plain = address?.replace(/\[.*$/, '');
    return this.stack.blocks.find((block) => block.address === plain)?.body['//']?.metadata?.path;
  }
}

// of what is missing terraform gives the place of the block around it, and the name in words
function missingIn(detail: string): string | undefined {
  return MISSING.map((form) => form.exec(detail)?.[1]).find(Boolean);
}

// the members of a cycle come in a different order every time
function inOrder(summary: string): string {
  const [, members] = /^Cycle: (.*)$/s.exec(summary) ?? [];
  return members ? `Cycle: ${members.split(', ').sort().join(', ')}` : summary;
}

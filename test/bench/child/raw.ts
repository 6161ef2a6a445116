import { createRequire } from 'module';
import { TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';

/** One provider resource of a raw program: what its author would have written down. */
interface Raw {
  readonly address: string;
  /** Ids from below the stack down to the resource: the same tree, since cdktf is slow with many ids in one place. */
  readonly path: string[];
  readonly binding: new (scope: Construct, id: string, config: object) => TerraformResource;
  readonly config: Record<string, unknown>;
}

/** The place of another resource's attribute in a configuration. */
class Reference {
  constructor(
    readonly address: string,
    readonly attribute: string,
  ) {}
}

/** Attributes whose keys are data, not names of arguments. */
const MAPS = ['tags', 'app_settings', 'triggers', 'keepers'];

/** Which module is needed is known from the JSON only. */
const load = createRequire(__filename);

/** Id of the one that is repeated. */
const FIRST = 'App1';

/**
 * The raw program, provider classes only, that emits the resources of a scenario: from what that synthesized with one app,
 * whose resources are repeated as often as asked. Prepared here, and run by the function that it answers, so that nothing is
 * measured but what a program written by hand would do.
 */
export function rawProgramOf(synthesizedOnce: any, count: number): (stack: TerraformStack) => void {
  const providers = Object.entries<any[]>(synthesizedOnce.provider).flatMap(([name, configs]) =>
    configs.map((config, n) => ({
      id: `${name}${n || ''}`,
      binding: providerNamed(name),
      config: argumentsOf(config),
    })),
  );
  const resources = inOrder(
    Object.entries<any>(synthesizedOnce.resource).flatMap(([type, all]) =>
      Object.entries<any>(all).map(([name, { '//': notes, ...config }]) => ({
        address: `${type}.${name}`,
        path: notes.metadata.path.split('/').slice(1),
        binding: bindingOf(type),
        config: argumentsOf(config),
      })),
    ),
  );
  const [own, shared] = [true, false].map((repeated) =>
    resources.filter(({ path }) => path.includes(FIRST) === repeated),
  );
  return (stack) => {
    providers.forEach(({ id, binding, config }) => new binding(stack, id, config));
    const world = new World();
    shared.forEach((resource) => world.define(stack, resource, resource.path));
    for (let n = 1; n <= count; n++) {
      const app = new World(world);
      own.forEach((resource) =>
        app.define(
          stack,
          resource,
          resource.path.map((id) => (id === FIRST ? `App${n}` : id)),
        ),
      );
    }
  };
}

/** What was defined so far; one app sees its own resources and the shared ones. */
class World {
  private readonly resources = new Map<string, TerraformResource>();
  private readonly attributes = new Map<string, string>();

  constructor(private readonly outer?: World) {}

  define(stack: TerraformStack, { address, binding, config }: Raw, path: string[]): void {
    const scope = path.slice(0, -1).reduce(childOf, stack);
    this.resources.set(address, new binding(scope, path[path.length - 1], this.written(config) as object));
  }

  /** A configuration as a program writes it: a new object, with attributes of the resources it has defined before. */
  private written(value: unknown): unknown {
    if (value instanceof Reference) {
      return this.attribute(value) ?? `\${${value.address}.${value.attribute}}`;
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.written(item));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.written(inner)]));
    }
    return value;
  }

  /** Each attribute is read once, as a good program does: every reading makes a token. */
  private attribute({ address, attribute }: Reference): string | undefined {
    const key = `${address}.${attribute}`;
    const resource = this.resources.get(address);
    if (resource !== undefined && !this.attributes.has(key)) {
      this.attributes.set(key, resource.getStringAttribute(attribute));
    }
    return this.attributes.get(key) ?? this.outer?.attribute({ address, attribute });
  }
}

function childOf(scope: Construct, id: string): Construct {
  return (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
}

function bindingOf(type: string): Raw['binding'] {
  const [provider, ...name] = type.split('_');
  const module = load(`@cdktf/provider-${provider}/lib/${name.join('-')}`);
  return Object.values<any>(module).find((candidate) => candidate.tfResourceType === type);
}

function providerNamed(name: string): any {
  const module = load(`@cdktf/provider-${name}/lib/provider`);
  return Object.values<any>(module).find((candidate) => candidate.tfResourceType === name);
}

/** Terraform's spelling to that of the bindings. */
function argumentsOf(value: any, key: string = ''): any {
  if (Array.isArray(value)) {
    return key === 'depends_on' ? value.map((fqn) => ({ fqn })) : value.map((item) => argumentsOf(item));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, inner]) => [
      MAPS.includes(key) ? name : name.replace(/_([a-z0-9])/g, (__, letter) => letter.toUpperCase()),
      argumentsOf(inner, name),
    ]);
    return Object.fromEntries(entries);
  }
  const reference = /^\$\{(\w+\.[\w-]+)\.(\w+)\}$/.exec(String(value));
  return reference ? new Reference(reference[1], reference[2]) : value;
}

/** What is referred to comes first. */
function inOrder(resources: readonly Raw[]): Raw[] {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const ordered = new Set<Raw>();
  const visit = (resource: Raw): void => {
    if (!ordered.has(resource)) {
      referencesIn(resource.config).forEach(({ address }) => byAddress.has(address) && visit(byAddress.get(address)!));
      ordered.add(resource);
    }
  };
  resources.forEach(visit);
  return [...ordered];
}

function referencesIn(value: unknown): Reference[] {
  if (value instanceof Reference) {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(referencesIn) : [];
}

import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
}

interface Reference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly union?: object;
}

interface Member {
  readonly name: string;
  readonly type?: Reference;
  readonly optional?: boolean;
  readonly immutable?: boolean;
  readonly static?: boolean;
  readonly overrides?: string;
  readonly docs?: Docs;
  readonly parameters?: Member[];
  readonly returns?: { readonly type: Reference };
}

interface Type {
  readonly name: string;
  readonly fqn: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly datatype?: boolean;
  readonly base?: string;
  readonly docs?: Docs;
  readonly initializer?: Member;
  readonly properties?: Member[];
  readonly methods?: Member[];
  readonly members?: Member[];
}

/** Constructs that define no resource, and so have nothing to reach. */
const EMPTY_HANDED = ['BackupSource', 'Principal', 'PromotionPipeline', 'TelemetrySink'];

/** What sounds like a secret and is none, and why. */
const NO_SECRETS: { [prop: string]: string } = {
  'ApplicationInsightsAttributes.connectionString': 'of no use without a role, as local authentication is off',
};

/** Constructs that only their owner makes, which hands them a resource of its own; and which one that is. */
const PARTS: { [name: string]: string } = {
  WebAppDomain: 'SecureWebApp, by addDomain()',
};

const types = readTypes();
const named = (found: Type[]) => found.map((type) => [type.name, type] as const);
const structs = types.filter((type) => type.datatype);
const inputs = structs.filter(({ name }) => !name.endsWith('Resources'));
const behaviours = types.filter((type) => type.kind === 'interface' && !type.datatype);
const constructs = types.filter((type) => type.kind === 'class' && isConstruct(type));

function readTypes(): Type[] {
  const assembly = join(__dirname, '../../.jsii');
  if (!existsSync(assembly)) {
    throw new Error("there is no .jsii to look at: run 'npx projen compile' first, as 'npm test' does");
  }
  return Object.values(JSON.parse(readFileSync(assembly, 'utf8')).types);
}

function isConstruct({ base }: Type): boolean {
  const parent = types.find(({ fqn }) => fqn === base);
  return base === 'constructs.Construct' || (parent !== undefined && isConstruct(parent));
}

function membersOf({ properties = [], methods = [], members = [] }: Type): Member[] {
  return [...properties, ...methods, ...members];
}

/** Names of the members that some check finds fault with. */
function faults(members: Member[] = [], faulty: (member: Member) => boolean): string[] {
  return members.filter(faulty).map(({ name }) => name);
}

/** Stacks are the ground that programs stand on, and no resources. */
const ofProvider = ({ type }: Member) => /@cdktf\/|"cdktf\.(?!TerraformStack")/.test(JSON.stringify(type));

describe.each(named(constructs.filter(({ name }) => !EMPTY_HANDED.includes(name))))('%s', (name, type) => {
  test('has typed escape hatches', () => {
    const resources = type.properties?.find((property) => property.name === 'resources');
    expect(resources?.type?.fqn).toMatch(new RegExp(`\\.${name}Resources$`));
    expect(types.find((other) => other.name === `${name}Resources`)?.properties).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: expect.any(String) })]),
    );
  });
});

describe.each(named(constructs))('%s', (_, type) => {
  test('imports as an interface, grants a Grant, and returns nothing to chain', () => {
    const typeOf = ({ returns }: Member) => returns?.type.fqn?.split('.').pop() ?? '';
    const wrong = faults(type.methods, (method) => {
      if (method.static && method.name.startsWith('from')) {
        return !/^I[A-Z]/.test(typeOf(method));
      }
      return method.name.startsWith('grant')
        ? !/Grant$/.test(typeOf(method) ?? '')
        : !method.static && typeOf(method) === type.name;
    });
    expect(wrong).toEqual([]);
  });
});

describe.each(named(structs))('%s', (_, { name, properties }) => {
  test('is readonly, and not named like behaviour', () => {
    expect(faults(properties, ({ immutable }) => !immutable)).toEqual([]);
    expect(name).not.toMatch(/^I[A-Z]/);
  });

  test('says what happens when a value is left out', () => {
    const silent = (prop: Member) =>
      prop.optional === true && (!prop.docs?.default || /^(undefined|the default)/i.test(prop.docs.default));
    expect(name.endsWith('Resources') ? [] : faults(properties, silent)).toEqual([]);
  });
});

describe.each(named(inputs))('%s', (name, { properties }) => {
  test('takes no types of a provider, no unions and no secrets', () => {
    expect(faults(properties, ofProvider)).toEqual([]);
    expect(faults(properties, ({ type }) => JSON.stringify(type).includes('"union"'))).toEqual([]);
    const secret = (prop: Member) =>
      prop.type?.primitive === 'string' && /password|secret$|token$|connectionString|accessKey|sas$/i.test(prop.name);
    expect(faults(properties, (prop) => secret(prop) && !(`${name}.${prop.name}` in NO_SECRETS))).toEqual([]);
  });
});

describe.each(named(behaviours))('%s', (name) => {
  test('starts with I', () => {
    expect(name).toMatch(/^I[A-Z]/);
  });
});

describe.each(named(types))('%s', (_, type) => {
  test('is documented in words, not in code', () => {
    const own = membersOf(type).filter((member) => !member.overrides);
    expect(faults([type, ...own], ({ docs }) => !docs?.summary)).toEqual([]);
    expect(faults([type, ...own], ({ docs }) => /```|<code>/.test(`${docs?.summary}${docs?.remarks}`))).toEqual([]);
  });

  test('takes no types of a provider and no unions in its methods', () => {
    const methods = [...(type.methods ?? []), ...(type.initializer ? [type.initializer] : [])];
    expect(type.name in PARTS ? [] : methods.flatMap(({ parameters }) => faults(parameters, ofProvider))).toEqual([]);
    expect(methods.filter((method) => JSON.stringify(method).includes('"union"'))).toEqual([]);
  });
});

import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { Environment, IMonitored, IWatcher, Workload } from '../../../src';
import { ENVIRONMENTS } from '../../support';
import { Choice, Prop } from './choices';
import { dataIn, Tokens } from './tokens';

/** Where a program lives. */
export interface Home {
  readonly environment: Environment;
  readonly location: string;
  readonly organization?: string;
}

/** A program of one construct: what it is given, and which of that is wrong. */
export interface Case {
  readonly home: Home;
  readonly given: Record<string, Choice>;
  readonly spoiled: string[];
}

/** Leaves a mark for each construct that wants to be watched. */
class Marks extends Construct implements IWatcher {
  public monitor({ node }: IMonitored): void {
    dataIn(this, `Watched-${node.path.split('/').slice(2).join('-')}`);
  }
}

/** A place in a stack where a program goes. */
export class Place {
  public readonly tokens: Tokens;
  private readonly beside: Construct;

  constructor(
    public readonly stack: TerraformStack,
    public readonly id: string,
    public readonly home: Home,
  ) {
    this.beside = new Construct(stack, `Beside-${id}`);
    this.tokens = new Tokens(this.beside);
  }

  /** The workload that the program is in. */
  public workload(): Workload {
    const workload = new Workload(this.stack, this.id, {
      name: 'billing',
      owner: 'team-billing',
      costCenter: '4711',
      ...this.home,
    });
    workload.addWatcher(new Marks(this.beside, 'Marks'));
    return workload;
  }
}

/** Values of a program as it was given them; tokens are what they come to in the end. */
export type Values = Record<string, any>;

/** The blocks that a program rendered, by type and by id. */
export type Blocks = Record<string, Record<string, any>>;

/** The only block of a type. */
export function only(blocks: Blocks, type: string): any {
  const found = Object.values(blocks[type] ?? {});
  if (found.length !== 1) {
    throw new Error(`${found.length} blocks of ${type}`);
  }
  return found[0];
}

/** Whether the construct did not ask to be watched. */
export const unwatched = ({ terraform_data: marks = {} }: Blocks): boolean =>
  !Object.keys(marks).some((id) => id.includes('Watched-Subject_'));

/** What is tested: one construct, or one method of one. */
export interface Subject<Ground = unknown> {
  readonly name: string;
  readonly props: Record<string, Prop>;
  readonly required?: string[];

  /** What errors call a prop, where that is not its own name. */
  readonly called?: Record<string, string>;

  /** What must be found in the blocks, by prop: what came of the value, and of its absence. */
  readonly emits?: Record<string, (blocks: Blocks) => unknown>;
  readonly absent?: Record<string, (home: Home) => unknown>;

  /** One in a stack, so that programs cannot stand side by side. */
  readonly alone?: boolean;

  /** Makes what the construct stands on; must succeed. */
  ground(place: Place): Ground;

  /** Makes the construct, whose errors start with the path of the scope or of what is in it. */
  define(ground: Ground, props: any, place: Place): void;

  /** Where errors must come from; below the stack. */
  path(id: string): string;

  /** Props to leave out, so that most programs are right. */
  tame?(given: Record<string, Choice>): string[];

  /** Props that are wrong only together, or only at that place. */
  combined?(values: Values, home: Home, given: Record<string, Choice>): string[];

  /** What is wrong only in the end; said at synthesis, where nothing else was said before. */
  overlooked?(values: Values): string[];
}

const homes = fc.record(
  {
    environment: fc.constantFrom(...ENVIRONMENTS),
    location: fc.constantFrom('westeurope', 'West Europe', 'francesouth', 'swedencentral'),
    organization: fc.constant('example.com'),
  },
  { requiredKeys: ['environment', 'location', 'organization'] },
);

/** Programs: most are right, the others are spoiled in one to three props, or wild: whatever comes together. */
export function casesOf({ props, required = [], tame = () => [] }: Subject<any>): fc.Arbitrary<Case> {
  const goods = Object.fromEntries(Object.entries(props).map(([name, { good }]) => [name, good]));
  const bads = Object.fromEntries(
    Object.entries(props).flatMap(([name, { bad }]) => (bad ? [[name, bad] as const] : [])),
  );
  const names = Object.keys(bads);
  const spoilers =
    names.length === 0
      ? fc.constant<string[]>([])
      : fc.subarray(names, { minLength: 1, maxLength: Math.min(3, names.length) });
  const spoiled = fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, { weight: 2, arbitrary: spoilers });
  const wild = fc.constantFrom(false, false, false, true);
  return fc
    .tuple(homes, fc.record(goods, { requiredKeys: required }), fc.record(bads), spoiled, wild)
    .map(([{ organization, ...home }, right, wrong, chosen, untamed]): Case => {
      const kept = right as Record<string, Choice>;
      const left = untamed ? [] : tame(kept);
      return {
        home: untamed ? home : { ...home, organization },
        given: {
          ...Object.fromEntries(Object.entries(kept).filter(([name]) => !left.includes(name))),
          ...Object.fromEntries(chosen.map((name) => [name, wrong[name] as Choice])),
        },
        spoiled: chosen,
      };
    });
}

export function valuesOf({ given }: Case): Values {
  return Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value]));
}

export function shownCase({ home, given, spoiled }: Case): string {
  const props = Object.entries(given).map(
    ([name, { shown }]) => `  ${name}: ${shown}${spoiled.includes(name) ? '   <- wrong' : ''}`,
  );
  return [`${home.environment.name}, ${home.location}, ${home.organization ?? 'no organization'}`, ...props].join('\n');
}

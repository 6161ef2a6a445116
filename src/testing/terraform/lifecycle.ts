import { isUnknown, rewrite, Steps, unknown, Value } from './codec';
import { fake, fakeId } from './fakes';
import { Block, typeOf } from './schema/model';

/** What expressions ask of an attribute. */
type WantedOf = (attribute: string) => Steps[];

/** How a plan is pretended to be applied. */
export interface Applying {
  readonly type: string;
  readonly wanted: WantedOf;
  /** An id as the type has it. */
  readonly exampleId?: string;
}

/** What a resource will be: defaults filled in, and unknown what the provider decides at its creation. */
export function planned(block: Block, prior: Value, proposed: Value): Value {
  const creates = prior === null;
  return rewrite(block, creates ? proposed : withKept(block, prior, proposed), {
    attribute: ({ computed, writeOnly, default: known }, value) =>
      writeOnly ? null : value === null ? (known ?? (computed && creates ? unknown() : null)) : value,
    block: ({ computed }, value) => (computed && creates && isEmpty(value) ? unknown() : undefined),
  });
}

// of what the provider filled in terraform keeps attributes, but not blocks
function withKept({ blocks }: Block, prior: Value, proposed: Value): Value {
  if (proposed === null || isUnknown(proposed) || !prior) {
    return proposed;
  }
  const kept = Object.entries(blocks).map(([name, { nesting, computed, block }]) => {
    const [before, next] = [prior[name], proposed[name]];
    if (computed && isEmpty(next) && !isEmpty(before)) {
      return [name, before];
    }
    const isList = nesting === 'list' && Array.isArray(next) && Array.isArray(before);
    return [name, isList ? next.map((element, i) => withKept(block, before[i], element)) : next];
  });
  return { ...proposed, ...Object.fromEntries(kept) };
}

/** The state after a plan: made up, where only Azure would know. */
export function applied(block: Block, plan: Value, { type, wanted, exampleId }: Applying): Value {
  if (plan === null) {
    return null;
  }
  const state = rewrite(filled(block, plan, wanted), plan, {
    attribute: ({ type: of, writeOnly }, value, name) =>
      writeOnly ? null : isUnknown(value) ? fake(of, name, wanted(name)) : value,
  });
  return isUnknown(plan.id) ? { ...state, id: fakeId(type, state, exampleId) } : state;
}

/** A state as it was stored, for the schema of today: what the schema lacks is dropped, what somebody may read is there. */
export function upgraded(block: Block, stored: Value, wanted: WantedOf): Value {
  return rewrite(block, stored, {
    attribute: ({ type, computed, writeOnly, default: known }, value, name) => {
      if (value !== null || writeOnly) {
        return value;
      }
      return known ?? (computed && type !== 'dynamic' ? fake(type, name, wanted(name)) : null);
    },
    block: ({ nesting, computed, block: inner }, value) => {
      if (nesting === 'single' || !isEmpty(value)) {
        return undefined;
      }
      return computed ? [upgraded(inner, emptyOf(inner), wanted)] : [];
    },
  });
}

/** What is imported: the id that was given, and nothing that the stack could rely on. */
export function imported(block: Block, id: string): Value {
  return rewrite(block, emptyOf(block), { attribute: (_attribute, _value, name) => (name === 'id' ? id : null) });
}

// unknown blocks become one fake block each
function filled(block: Block, plan: Value, wanted: WantedOf): Block {
  for (const name of Object.keys(block.blocks)) {
    if (isUnknown(plan[name])) {
      plan[name] = fake(typeOf(block, name)!, name, wanted(name));
    }
  }
  return block;
}

function emptyOf({ blocks }: Block): Value {
  return Object.fromEntries(
    Object.entries(blocks).map(([name, { nesting }]) => [name, nesting === 'single' ? null : []]),
  );
}

function isEmpty(value: Value): boolean {
  return !isUnknown(value) && (value === null || (Array.isArray(value) && value.length === 0));
}

import { Steps } from '../terraform/codec';
import { fake } from '../terraform/fakes';
import { Block, Kind, ProviderSchema, TypeSpec } from '../terraform/schema/model';

/** What expressions read of an attribute: keys of maps and elements of lists among it are there. */
export type Reads = (kind: Kind, type: string, attribute: string) => Steps[];

/** Content of a `.tfmock.json`: values for what only a provider would know, which look like the real thing. */
export function mocksOf({ types }: ProviderSchema, reads: Reads): object {
  const defaults = (kind: 'resource' | 'data'): object =>
    Object.fromEntries(
      Object.entries(types[kind]).map(([type, block]) => [
        type,
        { defaults: computedValues(block, (name) => reads(kind, type, name)) },
      ]),
    );
  // terraform reads an empty section as one without a name
  const sections = { mock_resource: defaults('resource'), mock_data: defaults('data') };
  return Object.fromEntries(Object.entries(sections).filter(([, section]) => Object.keys(section).length > 0));
}

function computedValues({ attributes }: Block, reads: (name: string) => Steps[]): object {
  const computed = Object.entries(attributes).filter(([, { computed: filled, type }]) => filled && isClosed(type));
  return Object.fromEntries(computed.map(([name, { type }]) => [name, fake(type, name, reads(name))]));
}

// without a type there is no telling which value would do; terraform invents one
function isClosed(type: TypeSpec): boolean {
  return !JSON.stringify(type).includes('"dynamic"');
}

import { brotliDecompressSync } from 'zlib';
import { AZURERM_FACTS } from './azurerm-data';

/** What a value must look like. Every part that is there must hold. */
export interface ValueRule {
  /** The values that are allowed, compared as text. */
  readonly oneOf?: (string | number)[];
  readonly noneOf?: (string | number)[];
  /** Letter case does not count in `oneOf` and `template`. */
  readonly ignoreCase?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
  readonly multipleOf?: number;
  /** In bytes, as the provider counts. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** A pattern that must not match. */
  readonly unlike?: string;
  /** Flags of either pattern. */
  readonly flags?: string;
  /** Characters that must not occur. */
  readonly without?: string;
  /** One of the names in `FORMATS`, `url:` with schemes, or `armId`. */
  readonly format?: string;
  /** Of an id: `{}` stands for one segment, `{scope}` for any number. */
  readonly template?: string;
  /** Bounds of a duration, in ISO 8601. */
  readonly minDuration?: string;
  readonly maxDuration?: string;
  /** More rules that must all hold. */
  readonly all?: ValueRule[];
  /** Alternatives, each a list of rules that must all hold. */
  readonly anyOf?: ValueRule[][];
}

/** What an argument must look like, alone and next to others, which are named by their paths. */
export interface ArgumentRule extends ValueRule {
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Holds for every element. */
  readonly each?: ValueRule;
  readonly conflictsWith?: string[];
  readonly requiredWith?: string[];
  readonly exactlyOneOf?: string[];
  readonly atLeastOneOf?: string[];
}

/** What is known of a type beyond its bindings; keys are paths such as `blob_properties.cors_rule`. */
export interface TypeFacts {
  readonly rules?: Readonly<Record<string, ArgumentRule>>;
  /** Letters: `s` sensitive, `c` computed where it was left out, `w` write-only, `n` a change forces a new resource. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Least and most number of blocks. */
  readonly items?: Readonly<Record<string, [number, number]>>;
  /** What the provider plans where nothing was given. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
  /** What is deprecated, with its replacements; the empty path is the type itself. */
  readonly deprecated?: Readonly<Record<string, string[]>>;
  /** What an id looks like. */
  readonly id?: string;
}

/** The one provider for which there are facts. */
const SOURCE = 'hashicorp/azurerm';

let text: string | undefined;
const read = new Map<string, TypeFacts | undefined>();

/**
 * What is known of a type; `undefined` where nothing is.
 *
 * @param type as in addresses: data sources begin with `data.`, ephemeral resources with `ephemeral.`
 */
export function factsOf(source: string, type: string): TypeFacts | undefined {
  if (source !== SOURCE) {
    return undefined;
  }
  if (!read.has(type)) {
    text ??= brotliDecompressSync(Buffer.from(AZURERM_FACTS, 'base64')).toString();
    const at = text.indexOf(`\n${type}\t`);
    const line = at < 0 ? undefined : text.slice(at + type.length + 2, text.indexOf('\n', at + 1));
    read.set(type, line === undefined ? undefined : JSON.parse(line));
  }
  return read.get(type);
}

/** The types that there are facts about, in order. */
export function factualTypes(): string[] {
  text ??= brotliDecompressSync(Buffer.from(AZURERM_FACTS, 'base64')).toString();
  return [...text.matchAll(/^([^\t\n]+)\t/gm)].map(([, type]) => type);
}

/** Facts that say no more than which attributes force a new resource. */
export function forcingNew(paths: string[]): TypeFacts {
  return { flags: Object.fromEntries(paths.map((path) => [path, 'n'])) };
}

import { decodeValue, encodeValue, rewrite, Steps, Value, visit } from './codec';
import { factsOf } from './facts/type-facts';
import { fakeOf } from './fakes';
import { applied, imported, planned, upgraded } from './lifecycle';
import { replacingPaths } from './replacement';
import { checkRules } from './rules/check';
import { Block, Kind, ProviderSchema } from './schema/model';
import { keyOf } from './schema/used';
import { Handlers } from './wire';

/** What the expressions of a stack ask of a type's attribute. */
export type Wanted = (kind: Kind, type: string, attribute: string) => Steps[];

const NESTING = { single: 1, list: 2, set: 3 };
const ERROR = 1;
const WARNING = 2;

/**
 * A provider that knows its schema, and for azurerm the value rules, and nothing else: it checks arguments, plans, pretends to apply,
 * and calls nobody.
 */
export function schemaOnlyProvider({ source, provider, types }: ProviderSchema, wanted: Wanted): Handlers {
  const blockOf = (kind: Kind, request: any): Block => types[kind][request.typeName];
  const validate = (kind: Kind) => (request: any) => ({
    diagnostics: [
      ...wrongPresence(blockOf(kind, request), decodeValue(request.config)),
      ...wrongValues(source, keyOf(kind, request.typeName), blockOf(kind, request), decodeValue(request.config)),
    ],
  });
  const wantedOf = (request: any) => (name: string) => wanted('resource', request.typeName, name);
  const answer = (kind: Kind, request: any) =>
    encodeValue(
      rewrite(blockOf(kind, request), decodeValue(request.config), {
        attribute: ({ type, computed }, value, name) =>
          value === null && computed
            ? fakeOf(request.typeName, type, name, wanted(kind, request.typeName, name))
            : value,
      }),
    );
  const schemas = (kind: Kind) =>
    Object.fromEntries(
      Object.entries(types[kind]).map(([name, block]) => [name, { version: 0, block: describe(block) }]),
    );

  return {
    GetSchema: () => ({
      provider: { version: 0, block: describe(provider) },
      resources: schemas('resource'),
      dataSources: schemas('data'),
      ephemeralResources: schemas('ephemeral'),
      // terraform need not ask again within a run
      capabilities: { schemaIsOptional: true },
    }),
    PrepareProviderConfig: ({ config }) => ({
      preparedConfig: config,
      diagnostics: wrongPresence(provider, decodeValue(config)),
    }),
    ValidateResourceTypeConfig: validate('resource'),
    ValidateDataSourceConfig: validate('data'),
    ValidateEphemeralResourceConfig: validate('ephemeral'),
    Configure: () => ({}),
    PlanResourceChange: (request) => ({
      ...plan(blockOf('resource', request), request),
      // filling blocks that were left out is a liberty of older providers, azurerm among them
      legacyTypeSystem: true,
    }),
    ApplyResourceChange: (request) => ({
      newState: encodeValue(
        applied(blockOf('resource', request), decodeValue(request.plannedState), {
          type: request.typeName,
          wanted: wantedOf(request),
          exampleId: factsOf(source, request.typeName)?.id,
        }),
      ),
      legacyTypeSystem: true,
    }),
    ReadDataSource: (request) => ({ state: answer('data', request) }),
    OpenEphemeralResource: (request) => ({ result: answer('ephemeral', request) }),
    RenewEphemeralResource: () => ({}),
    CloseEphemeralResource: () => ({}),
    // what is imported exists, with the id that was given and nothing that the stack could rely on
    ImportResourceState: (request) => ({
      importedResources: [
        { typeName: request.typeName, state: encodeValue(imported(blockOf('resource', request), request.id)) },
      ],
    }),
    ReadResource: ({ currentState }) => ({ newState: currentState }),
    // what was applied may have had another version of the schema, and other attributes that somebody read
    UpgradeResourceState: (request) => {
      const state = JSON.parse(Buffer.from(request.rawState.json).toString());
      const upgradedState = upgraded(blockOf('resource', request), state, wantedOf(request));
      return { upgradedState: { json: Buffer.from(JSON.stringify(upgradedState)) } };
    },
    Stop: () => ({}),
  };
}

function plan(block: Block, { typeName, priorState, proposedNewState }: any): object {
  const prior = decodeValue(priorState);
  const next = planned(block, prior, decodeValue(proposedNewState));
  const replacing = prior === null || next === null ? [] : replacingPaths(typeName, block, prior, next);
  return { plannedState: encodeValue(next), requiresReplace: replacing.map(attributePath) };
}

function wrongValues(source: string, key: string, block: Block, config: Value): object[] {
  const facts = factsOf(source, key);
  return facts
    ? checkRules(facts, config, block).map((breach) => ({
        ...diagnostic(breach.steps, breach.summary, breach.detail),
        severity: breach.severity === 'error' ? ERROR : WARNING,
      }))
    : [];
}

// terraform leaves two questions to providers: whether a required argument is null, and who may set a computed one
function wrongPresence(block: Block, config: Value): object[] {
  const diagnostics: object[] = [];
  visit(block, config, ({ required, optional, computed }, value, name, steps) => {
    if (required && value === null) {
      diagnostics.push(
        diagnostic(steps, 'Missing required argument', `The argument "${name}" is required, but is null.`),
      );
    } else if (computed && !optional && value !== null) {
      const detail = `The provider decides the value of "${name}"; it cannot be set.`;
      diagnostics.push(diagnostic(steps, 'Value for unconfigurable attribute', detail));
    }
  });
  return diagnostics;
}

function diagnostic(steps: Steps, summary: string, detail: string): object {
  return { severity: ERROR, summary, detail, attribute: attributePath(steps) };
}

function attributePath(steps: Steps): object {
  return { steps: steps.map((step) => (typeof step === 'string' ? { attributeName: step } : { elementKeyInt: step })) };
}

function describe({ attributes, blocks }: Block): object {
  return {
    attributes: Object.entries(attributes).map(([name, { type, forcesNew: _, default: __, ...flags }]) => ({
      name,
      ...flags,
      type: Buffer.from(JSON.stringify(type)),
    })),
    blockTypes: Object.entries(blocks).map(([typeName, { nesting, minItems, maxItems, block }]) => ({
      typeName,
      nesting: NESTING[nesting],
      minItems,
      maxItems,
      block: describe(block),
    })),
  };
}

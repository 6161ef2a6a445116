import { decodeValue, encodeValue, isUnknown, rewrite, Steps, unknown, Value, visit } from './codec';
import { fake } from './fakes';
import { Block, Kind, ProviderSchema } from './schema/model';
import { Handlers } from './wire';

/** What the expressions of a stack ask of a type's attribute. */
export type Wanted = (kind: Kind, type: string, attribute: string) => Steps[];

const NESTING = { single: 1, list: 2, set: 3 };
const ERROR = 1;

/** A provider that knows its schema and nothing else: it checks arguments and plans creation, and it calls nobody. */
export function schemaOnlyProvider({ provider, types }: ProviderSchema, wanted: Wanted): Handlers {
  const blockOf = (kind: Kind, request: any): Block => types[kind][request.typeName];
  const validate = (kind: Kind) => (request: any) => ({
    diagnostics: wrongPresence(blockOf(kind, request), decodeValue(request.config)),
  });
  const answer = (kind: Kind, request: any) =>
    encodeValue(
      rewrite(blockOf(kind, request), decodeValue(request.config), {
        attribute: ({ type, computed }, value, name) =>
          value === null && computed ? fake(type, name, wanted(kind, request.typeName, name)) : value,
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
      plannedState: encodeValue(planned(blockOf('resource', request), request)),
      // filling blocks that were left out is a liberty of older providers, azurerm among them
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
    UpgradeResourceState: ({ rawState }) => ({ upgradedState: { json: rawState.json } }),
    Stop: () => ({}),
  };
}

function planned(block: Block, { priorState, proposedNewState }: any): Value {
  const creates = decodeValue(priorState) === null;
  return rewrite(block, decodeValue(proposedNewState), {
    attribute: ({ computed, writeOnly }, value) =>
      writeOnly ? null : value === null && computed && creates ? unknown() : value,
    block: ({ computed }, value) => (computed && creates && isEmpty(value) ? unknown() : undefined),
  });
}

function imported(block: Block, id: string): Value {
  const empty = Object.entries(block.blocks).map(([name, { nesting }]) => [name, nesting === 'single' ? null : []]);
  return rewrite(block, Object.fromEntries(empty), {
    attribute: (_attribute, _value, name) => (name === 'id' ? id : null),
  });
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
  const path = steps.map((step) => (typeof step === 'string' ? { attributeName: step } : { elementKeyInt: step }));
  return { severity: ERROR, summary, detail, attribute: { steps: path } };
}

function describe({ attributes, blocks }: Block): object {
  return {
    attributes: Object.entries(attributes).map(([name, { type, ...flags }]) => ({
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

function isEmpty(value: Value): boolean {
  return !isUnknown(value) && (value === null || (Array.isArray(value) && value.length === 0));
}

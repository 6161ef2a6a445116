import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { optionalPackage } from './optional-packages';

/** The calls that terraform makes while it validates, plans and applies, with what they take and give. */
const CALLS = {
  GetSchema: ['Empty', 'Schemas'],
  PrepareProviderConfig: ['ConfigOf', 'PreparedConfig'],
  ValidateResourceTypeConfig: ['ConfigOfType', 'Diagnostics'],
  ValidateDataSourceConfig: ['ConfigOfType', 'Diagnostics'],
  ValidateEphemeralResourceConfig: ['ConfigOfType', 'Diagnostics'],
  UpgradeResourceState: ['StoredState', 'UpgradedState'],
  Configure: ['ConfigureConfig', 'Diagnostics'],
  ReadResource: ['CurrentState', 'NewState'],
  PlanResourceChange: ['Change', 'PlannedState'],
  ApplyResourceChange: ['PlannedChange', 'Applied'],
  ImportResourceState: ['ImportId', 'Imported'],
  ReadDataSource: ['ConfigOfType', 'DataState'],
  OpenEphemeralResource: ['ConfigOfType', 'Opened'],
  RenewEphemeralResource: ['Handle', 'Diagnostics'],
  CloseEphemeralResource: ['Handle', 'Diagnostics'],
  Stop: ['Empty', 'Empty'],
} as const;

export type Call = keyof typeof CALLS;

/** Answers to those calls; requests and responses have the fields of `MESSAGES`. */
export type Handlers = Record<Call, (request: any) => object>;

/**
 * Messages of plugin protocol 5, field by field as `name: type number`. Only the numbers and types are terraform's: names do
 * not travel, and what we neither read nor write is left out.
 */
const MESSAGES = {
  Empty: '',
  Value: 'msgpack: bytes 1, json: bytes 2',
  Step: 'attributeName: string 1, elementKeyString: string 2, elementKeyInt: int64 3',
  AttributePath: 'steps: Step[] 1',
  Diagnostic: 'severity: int32 1, summary: string 2, detail: string 3, attribute: AttributePath 4',
  Diagnostics: 'diagnostics: Diagnostic[] 1',
  Attribute:
    'name: string 1, type: bytes 2, required: bool 4, optional: bool 5, computed: bool 6, sensitive: bool 7, writeOnly: bool 10',
  NestedBlock: 'typeName: string 1, block: Block 2, nesting: int32 3, minItems: int64 4, maxItems: int64 5',
  Block: 'attributes: Attribute[] 2, blockTypes: NestedBlock[] 3',
  Schema: 'version: int64 1, block: Block 2',
  Capabilities: 'schemaIsOptional: bool 2',
  Schemas:
    'provider: Schema 1, resources: Schema{} 2, dataSources: Schema{} 3, capabilities: Capabilities 6, ephemeralResources: Schema{} 8',
  ConfigOf: 'config: Value 1',
  ConfigOfType: 'typeName: string 1, config: Value 2',
  PreparedConfig: 'preparedConfig: Value 1, diagnostics: Diagnostic[] 2',
  ConfigureConfig: 'config: Value 2',
  RawState: 'json: bytes 1',
  StoredState: 'typeName: string 1, version: int64 2, rawState: RawState 3',
  UpgradedState: 'upgradedState: Value 1, diagnostics: Diagnostic[] 2',
  CurrentState: 'typeName: string 1, currentState: Value 2',
  NewState: 'newState: Value 1, diagnostics: Diagnostic[] 2',
  Change: 'typeName: string 1, priorState: Value 2, proposedNewState: Value 3, config: Value 4',
  PlannedState:
    'plannedState: Value 1, requiresReplace: AttributePath[] 2, diagnostics: Diagnostic[] 4, legacyTypeSystem: bool 5',
  PlannedChange: 'typeName: string 1, priorState: Value 2, plannedState: Value 3, config: Value 4',
  Applied: 'newState: Value 1, diagnostics: Diagnostic[] 3, legacyTypeSystem: bool 4',
  ImportId: 'typeName: string 1, id: string 2',
  ImportedResource: 'typeName: string 1, state: Value 2',
  Imported: 'importedResources: ImportedResource[] 1, diagnostics: Diagnostic[] 2',
  DataState: 'state: Value 1, diagnostics: Diagnostic[] 2',
  Opened: 'diagnostics: Diagnostic[] 1, result: Value 3, private: bytes 4',
  Handle: 'typeName: string 1, private: bytes 2',
};

/** A provider that listens. */
export interface Listener {
  /** `HOST:PORT` */
  readonly address: string;
  close(): void;
}

/** Serves a provider on the loopback interface, on a port that the system chooses. */
export async function listen(handlers: Handlers): Promise<Listener> {
  const grpc = optionalPackage('@grpc/grpc-js');
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  const implementation: UntypedServiceImplementation = {};
  for (const name of Object.keys(CALLS) as Call[]) {
    implementation[name] = (call: any, done: any) => {
      try {
        done(null, handlers[name](call.request));
      } catch (error) {
        done({ code: grpc.status.INTERNAL, message: `${name}: ${(error as Error).stack}` });
      }
    };
  }
  server.addService(service(), implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

let described: ServiceDefinition | undefined;

function service(): ServiceDefinition {
  if (!described) {
    const methods = Object.entries(CALLS).map(([name, [requestType, responseType]]) => [
      name,
      { requestType, responseType },
    ]);
    const messages = Object.entries(MESSAGES).map(([name, fields]) => [name, { fields: describeFields(fields) }]);
    const nested = { ...Object.fromEntries(messages), Provider: { methods: Object.fromEntries(methods) } };
    const description = { nested: { tfplugin5: { nested } } };
    const loaded = optionalPackage('@grpc/proto-loader').fromJSON(description as any, {
      longs: Number,
      keepCase: true,
    });
    described = loaded['tfplugin5.Provider'] as ServiceDefinition;
  }
  return described;
}

// "a: bytes 1, b: Step[] 2, c: Schema{} 3" in the words of protobuf's JSON descriptors
function describeFields(text: string): object {
  const fields = [...text.matchAll(/(\w+): (\w+)(\[\]|\{\}|) (\d+)/g)].map(([, name, type, many, id]) => [
    name,
    { type, id: Number(id), ...(many === '[]' && { rule: 'repeated' }), ...(many === '{}' && { keyType: 'string' }) },
  ]);
  return Object.fromEntries(fields);
}

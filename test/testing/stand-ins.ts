import { findTerraform } from '../../src/testing';
import { schemaOnlyProvider } from '../../src/testing/terraform/provider';
import { usedSchemas } from '../../src/testing/terraform/schema/used';
import { Stack } from '../../src/testing/terraform/stack';
import { cleanEnvironment, Outcome, runTerraform } from '../../src/testing/terraform/terraform';
import { listen } from '../../src/testing/terraform/wire';

/** Runs terraform in a stack folder as a user would, one command after the other, with stand-ins where a registry would offer providers. */
export async function terraformIn(folder: string, ...commands: string[][]): Promise<Outcome[]> {
  const stack = new Stack(folder);
  const { providers } = usedSchemas(stack, { bindings: process.cwd() });
  const listeners = await Promise.all(
    [...providers].map(async ([address, schema]) => {
      const listener = await listen(schemaOnlyProvider(schema, (kind, type, name) => stack.readsOf(kind, type, name)));
      const [Network, String] = ['tcp', listener.address];
      return {
        address,
        listener,
        at: { Protocol: 'grpc', ProtocolVersion: 5, Pid: process.pid, Test: true, Addr: { Network, String } },
      };
    }),
  );
  try {
    const reattach = Object.fromEntries(listeners.map(({ address, at }) => [address, at]));
    const env = cleanEnvironment({ TF_REATTACH_PROVIDERS: JSON.stringify(reattach) });
    const outcomes: Outcome[] = [];
    for (const command of commands) {
      outcomes.push(await runTerraform(findTerraform()!, command, { cwd: folder, env }));
    }
    return outcomes;
  } finally {
    listeners.forEach(({ listener }) => listener.close());
  }
}

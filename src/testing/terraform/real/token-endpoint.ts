import * as http from 'http';
import { AddressInfo } from 'net';

/** Any id does: nobody but the provider reads it. */
const ID = '00000000-0000-4000-8000-000000000000';

/** 2100-01-01, in seconds. */
const NEVER = 4_102_444_800;

/** A listener on the loopback interface that hands out tokens which open nothing. */
export interface TokenEndpoint {
  /** Environment in which azurerm asks it, and nobody else. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

/**
 * Answers the one question that azurerm has for Azure before it plans: for a token.
 *
 * @see https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
 */
export async function tokenEndpoint(): Promise<TokenEndpoint> {
  const answer = JSON.stringify({
    access_token: unsignedToken(),
    expires_in: '86400',
    expires_on: String(NEVER),
    token_type: 'Bearer',
    resource: 'https://management.azure.com/',
  });
  const server = http.createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(answer);
  });
  // a caller that forgets to close it can still end
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return {
    environment: {
      ARM_USE_MSI: 'true',
      ARM_MSI_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
      ARM_USE_CLI: 'false',
      ARM_TENANT_ID: ID,
      ARM_CLIENT_ID: ID,
      ARM_SUBSCRIPTION_ID: ID,
      ARM_RESOURCE_PROVIDER_REGISTRATIONS: 'none',
      ARM_PROVIDER_ENHANCED_VALIDATION: 'false',
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function unsignedToken(): string {
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  return `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded({ oid: ID, tid: ID, appid: ID, idtyp: 'app', exp: NEVER })}.none`;
}

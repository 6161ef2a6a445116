import { RedisCacheAccessPolicyAssignment } from '@cdktf/provider-azurerm/lib/redis-cache-access-policy-assignment';
import { ResourceGroupTemplateDeployment } from '@cdktf/provider-azurerm/lib/resource-group-template-deployment';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { IPrincipal, PrincipalType } from '../contracts/principal';
import { aPrincipal } from '../core/collaborators';
import { stableHash } from '../core/naming';
import { isComputed, rejectIf } from '../core/validation';
import { RedisPlace } from './redis-place';

/** What tokens of the directory are asked for, whichever service of Redis they are for. */
const TOKEN_SCOPE = 'https://redis.azure.com/.default';

/**
 * The Terraform resources behind a `RedisGrant`; one of them is there.
 */
export interface RedisGrantResources {
  /** The deployment that assigns the access policy of a Managed Redis; what it assigned goes with it. */
  readonly deployment?: ResourceGroupTemplateDeployment;
  /** The assignment in a classic Azure Cache for Redis. */
  readonly accessPolicyAssignment?: RedisCacheAccessPolicyAssignment;
}

/**
 * What lets one identity read and write all keys of a Redis; made by `grantConnect()`.
 */
export class RedisGrant extends Construct {
  /** @internal */
  public static _once(place: RedisPlace, principal: IPrincipal): RedisGrant {
    rejectIf(place.scope, aPrincipal('grantee', principal));
    const grantee = principal.actsAs ?? principal;
    const id = `Grant-${keyOf(place.scope, grantee)}`;
    return (place.scope.node.tryFindChild(id) as RedisGrant | undefined) ?? new RedisGrant(place, id, grantee);
  }

  /**
   * How the client connects, without a secret: over TLS, under USERNAME, with a token of its identity for TOKEN_SCOPE as password,
   * renewed by AUTH before it ends.
   */
  public readonly settings: { [name: string]: string };

  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: RedisGrantResources;

  private constructor(place: RedisPlace, id: string, grantee: IPrincipal) {
    super(place.scope, id);
    rejectIf(
      place.scope,
      grantee.principalType === PrincipalType.GROUP &&
        `'grantee' must be an identity or a person, because Redis on Azure knows no groups of the directory; got the group ${grantee.node.path}`,
    );
    this.settings = {
      HOST: place.host,
      PORT: String(place.port),
      TLS: 'true',
      USERNAME: grantee.principalId,
      TOKEN_SCOPE,
    };
    this.resources = place.define(this, grantee);
  }
}

/** Tells clients apart: by object id, which Redis goes by, or else by place, which is the same in every stack. */
function keyOf(scope: Construct, { principalId, node }: IPrincipal): string {
  const stack = `${TerraformStack.of(scope).node.path}/`;
  const place = node.path.startsWith(stack) ? node.path.slice(stack.length) : node.path;
  return stableHash(isComputed(principalId) ? place : principalId.toLowerCase());
}

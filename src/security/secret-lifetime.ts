import { Offset } from '@cdktf/provider-time/lib/offset';
import { Rotating } from '@cdktf/provider-time/lib/rotating';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import { Owner } from '../contracts/ownership';
import { plus } from '../core/arithmetic';
import { ensureTimeProvider } from '../core/utility-providers';
import { isComputed, isWholeBetween, shown } from '../core/validation';
import { SecretLifetimeOptions } from './secret-lifetime-options';

/** Days between rotations, as far as nobody says otherwise. */
const ROTATION_DAYS = 90;

/**
 * Days that a value outlives its rotation. Key Vault warns 30 days before expiry: the warning comes when a rotation is two
 * weeks late, and not with each one that is on time.
 */
const GRACE_DAYS = 45;

/** As Key Vault returns it; any other notation would be a difference in every plan. */
const TIMESTAMP = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** What is wrong with a lifetime, as clauses for `rejectIf()`. */
export function lifetimeProblems(options: SecretLifetimeOptions): Array<string | false> {
  const { rotationDays, expiresOn, version } = options;
  return [
    rotationDays !== undefined &&
      !isWholeBetween(rotationDays, 7, 365) &&
      `'rotationDays' must be a whole number from 7 to 365, got ${rotationDays}`,
    expiresOn !== undefined &&
      !isComputed(expiresOn) &&
      !isTimestamp(expiresOn) &&
      `'expiresOn' must be a time in UTC such as "2027-01-31T00:00:00Z", got ${shown(expiresOn)}`,
    version !== undefined &&
      !isWholeBetween(version, 1, Number.MAX_SAFE_INTEGER) &&
      `'version' must be a whole number from 1, got ${version}`,
    (expiresOn === undefined) !== (version === undefined) &&
      "'expiresOn' and 'version' must be given together: a new value needs a new expiry; leave both out to let Terraform rotate",
    expiresOn !== undefined &&
      rotationDays !== undefined &&
      "'rotationDays' must not be given with 'expiresOn': a value with a date of its own is rotated by you",
  ];
}

/** Expiry and version of a value; nothing in them comes from the clock of synthesis. */
export function lifetimeOf(scope: Construct, options: SecretLifetimeOptions) {
  const { rotationDays = ROTATION_DAYS, expiresOn, version, valueManagedBy } = options;
  if (expiresOn !== undefined && version !== undefined) {
    return { expirationDate: expiresOn, version, resources: {} };
  }
  ensureTimeProvider(scope);
  if (valueManagedBy === Owner.PIPELINE) {
    const firstExpiry = new Offset(scope, 'FirstExpiry', { offsetDays: plus(rotationDays, GRACE_DAYS) });
    return { expirationDate: firstExpiry.rfc3339, version: 1, resources: { firstExpiry } };
  }
  const rotation = new Rotating(scope, 'Rotation', { rotationDays });
  return {
    expirationDate: Fn.timeadd(rotation.rotationRfc3339, `${GRACE_DAYS * 24}h`),
    version: rotation.unix,
    resources: { rotation },
  };
}

/** A date that the calendar has: the 31st of February would pass the provider and fail in the apply. */
function isTimestamp(text: string): boolean {
  const time = TIMESTAMP.test(text) ? new Date(text) : undefined;
  return time !== undefined && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, 10));
}

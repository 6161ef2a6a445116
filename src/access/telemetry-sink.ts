import { Construct } from 'constructs';
import { IPrincipal } from '../contracts/principal';
import { ITelemetrySink, TelemetryConfig } from '../contracts/telemetry';
import { aText, checkImport } from '../core/kinds';
import { rejectIf } from '../core/validation';
import { Grant } from './grant';
import { organizationProblem } from './organization-problem';

/**
 * How an existing Application Insights resource is found.
 */
export interface ApplicationInsightsAttributes {
  /** Azure resource id of the component. */
  readonly applicationInsightsId: string;
  /** Its connection string; no secret as long as local authentication is off, since senders then need a role. */
  readonly connectionString: string;
}

/**
 * Takes telemetry that programs send under their own identity, without a key.
 */
export class TelemetrySink extends Construct implements ITelemetrySink {
  /** Refers to an Application Insights resource that is defined elsewhere. */
  public static fromApplicationInsights(
    scope: Construct,
    id: string,
    attributes: ApplicationInsightsAttributes,
  ): ITelemetrySink {
    checkImport(scope, id, attributes, { applicationInsightsId: aText, connectionString: aText });
    return new TelemetrySink(scope, id, attributes);
  }

  private constructor(
    scope: Construct,
    id: string,
    private readonly attributes: ApplicationInsightsAttributes,
  ) {
    super(scope, id);
    // every sender is given a role here
    rejectIf(this, organizationProblem(this));
  }

  public bindSender(sender: IPrincipal, clientId: string): TelemetryConfig {
    const { applicationInsightsId, connectionString } = this.attributes;
    Grant.once(this, { grantee: sender, role: 'Monitoring Metrics Publisher', resourceId: applicationInsightsId });
    return {
      settings: {
        APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: `Authorization=AAD;ClientId=${clientId}`,
      },
    };
  }
}

import { Comparison, MissingData, Severity, SignalInterval } from '../contracts/monitoring';

/** A metric that is too high for a quarter of an hour: somebody should look, and nobody has to get up. */
export const HIGH = {
  comparison: Comparison.GREATER_THAN,
  window: SignalInterval.FIFTEEN_MINUTES,
  frequency: SignalInterval.FIVE_MINUTES,
  severity: Severity.P2,
  missingData: MissingData.IS_GOOD,
};

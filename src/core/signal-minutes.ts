import { SignalInterval } from '../contracts/monitoring';

/** Windows and frequencies of signals in minutes. */
export const MINUTES: { readonly [interval in SignalInterval]: number } = {
  [SignalInterval.ONE_MINUTE]: 1,
  [SignalInterval.FIVE_MINUTES]: 5,
  [SignalInterval.FIFTEEN_MINUTES]: 15,
  [SignalInterval.THIRTY_MINUTES]: 30,
  [SignalInterval.ONE_HOUR]: 60,
  [SignalInterval.SIX_HOURS]: 360,
  [SignalInterval.ONE_DAY]: 1440,
};

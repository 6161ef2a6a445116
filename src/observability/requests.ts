/**
 * Leaves out what nobody asked for: availability tests and crawlers, which have a synthetic source, and the probes of the
 * platform, which have none and go to the health paths. On an idle night they would be all there is, and all of it good.
 */
export const REAL = [
  '| where isempty(SyntheticSource)',
  '| where not(Name matches regex "/health(/(ready|live))?/?$")',
] as const;

/**
 * Whether a request failed for a reason that is ours: server errors, and what ended without an answer. Application Insights
 * takes 400 to 499 for failures as well; those are the mistakes of clients.
 */
export const FAILED = 'Success == false and not(ResultCode matches regex "^4[0-9][0-9]$")';

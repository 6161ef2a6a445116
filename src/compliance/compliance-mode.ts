/**
 * What happens to a broken rule.
 */
export enum ComplianceMode {
  /** Synthesis fails, and lists every broken rule. */
  ERROR = 'error',
  /** The resource gets a warning. */
  WARN = 'warn',
}

/**
 * What the summary of an alert says that warns once, ahead of an end. Maintenance windows let such alerts through by these words:
 * one text for all, so that it does not matter how Azure combines several.
 */
export const EXPIRES_SOON = 'expires soon';

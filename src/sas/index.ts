export * from './sas-issuer';
export * from './sas-options';

export * from './ephemeral-password';
export * from './ephemeral-resource';

export * from './rendered';
export * from './terraform';

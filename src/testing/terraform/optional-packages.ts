/** What only the judge needs; users who do not judge need not install it. */
interface OptionalPackages {
  readonly '@grpc/grpc-js': typeof import('@grpc/grpc-js');
  readonly '@grpc/proto-loader': typeof import('@grpc/proto-loader');
  readonly '@msgpack/msgpack': typeof import('@msgpack/msgpack');
}

const INSTALL = 'npm install --save-dev @grpc/grpc-js @grpc/proto-loader @msgpack/msgpack';

const loaded: Partial<OptionalPackages> = {};

/** Loads a package on first use, so that loading the testing kit costs nothing and needs none of them. */
export function optionalPackage<N extends keyof OptionalPackages>(name: N): OptionalPackages[N] {
  try {
    // asked for with every value: even a cached require() would show
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return (loaded[name] ??= require(name) as OptionalPackages[N]);
  } catch (error) {
    throw new Error(`a stack is judged with ${name}, which cannot be loaded; install it with: ${INSTALL}`, {
      cause: error,
    });
  }
}

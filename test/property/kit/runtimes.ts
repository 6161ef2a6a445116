import * as fc from 'fast-check';
import { WebAppAuthentication, WebAppRuntime } from '../../../src';
import { built, Choice, formed, list, literal, Prop, tokensFor } from './choices';
import { guid } from './forms';

export const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers';
const REGISTRY = `${GROUP}/Microsoft.ContainerRegistry/registries/crshared`;

const runtimeOf = (shown: string, make: Choice['make']): Choice => ({ ...built(shown, make), value: shown });

const versions = (language: 'node' | 'python' | 'php' | 'dotnet' | 'java', ...good: string[]): Prop => {
  const of = (choice: Choice) =>
    runtimeOf(`${language} ${choice.shown}`, (tokens) => WebAppRuntime[language](choice.make(tokens) as string));
  return {
    good: fc.oneof(fc.constantFrom(...good).map(literal), tokensFor(fc.constantFrom(...good))).map(of),
    bad: fc.constantFrom('', '4.2', 'latest').map(literal).map(of),
  };
};

const image = formed(
  /^$(?!)/,
  fc.constantFrom('acme/api:1.4.2', 'api:v1', `acme/api@sha256:${'0a'.repeat(32)}`),
  'api',
  'api:latest',
  'ghcr.io/API:1',
  '',
);
const registryUrl = formed(
  /^$(?!)/,
  fc.constantFrom('https://acme.azurecr.io', 'https://ghcr.io'),
  'ghcr.io',
  'http://ghcr.io',
  'https://u:p@x.io',
);

const containers = (images: fc.Arbitrary<Choice>, urls: fc.Arbitrary<Choice>): fc.Arbitrary<Choice> =>
  fc.tuple(images, urls, fc.boolean()).map(([first, second, known]) =>
    runtimeOf(`container ${first.shown} ${second.shown} ${known}`, (tokens) =>
      WebAppRuntime.container({
        image: first.make(tokens) as string,
        registryUrl: second.make(tokens) as string,
        registryId: known ? REGISTRY : undefined,
      }),
    ),
  );

const languages = [
  versions('node', '20-lts', '22-lts'),
  versions('python', '3.12', '3.13'),
  versions('php', '8.4'),
  versions('dotnet', '8.0', '10.0'),
  versions('java', '17', '21'),
];

export const runtime: Prop = {
  good: fc.oneof(
    ...languages.map(({ good }) => good),
    ...[1, 2, 3].map(() => containers(image.good, registryUrl.good)),
  ),
  bad: fc.oneof(...languages.map(({ bad }) => bad!)),
};

const directory = guid();
const paths = formed(/^\//, fc.constantFrom('/public', '/.well-known/jwks'), 'public');

export const authentication: Prop = {
  good: fc
    .tuple(fc.boolean(), directory.good, directory.good, list(guid()).good, list(paths).good)
    .map(([site, client, tenant, apps, open]) =>
      runtimeOf(`authentication ${client.shown} ${tenant.shown} ${apps.shown} ${open.shown}`, (tokens) =>
        WebAppAuthentication[site ? 'entraSite' : 'entraApi']({
          clientId: client.make(tokens) as string,
          tenantId: tenant.make(tokens) as string,
          allowedApplications: apps.make(tokens) as string[],
          anonymousPaths: open.make(tokens) as string[],
        }),
      ),
    ),
};

export const telemetry: Prop = {
  good: fc.constant(runtimeOf('telemetry', () => 'telemetry')),
};

import { CONFIG_FILE, EDGE_ID } from './static-site-config-file';
import { StaticSiteReleaseStep } from './static-site-props';

/** What the commands of a release are made with, all of it literals. */
export interface ReleaseNames {
  readonly group: string;
  readonly site: string;
  /** Output that holds the id of the edge, where the file does not have it. */
  readonly edgeOutput?: string;
}

/**
 * How a Static Web App is released. The token that uploading takes is fetched where it is used, and is in no file and no setting.
 */
export function staticWebAppSteps({ group, site, edgeOutput }: ReleaseNames): StaticSiteReleaseStep[] {
  return [
    ...(edgeOutput === undefined
      ? []
      : [
          {
            key: 'CloseToEdge',
            summary: `Writes the id of the edge into ${CONFIG_FILE}, so that ${site} answers to no other; run where Terraform is`,
            commands: [
              `edge="$(terraform output -raw ${edgeOutput})" && test -n "$edge" && sed -i "s/${EDGE_ID}/$edge/" "$SITE_DIRECTORY/${CONFIG_FILE}"`,
            ],
          },
        ]),
    {
      key: 'Upload',
      summary: `Puts the built site into ${site}`,
      commands: [
        `if grep -q '${EDGE_ID}' "$SITE_DIRECTORY/${CONFIG_FILE}"; then echo 'the id of the edge is missing in ${CONFIG_FILE}' >&2; exit 1; fi`,
        `SWA_CLI_DEPLOYMENT_TOKEN="$(az staticwebapp secrets list --resource-group ${group} --name ${site} --query properties.apiKey --output tsv)" npx --yes @azure/static-web-apps-cli deploy "$SITE_DIRECTORY" --env production`,
      ],
    },
  ];
}

/**
 * How a site on App Service is released, to the slot where there is one.
 */
export function appServiceSteps({ group, site }: ReleaseNames, slot?: string): StaticSiteReleaseStep[] {
  const target = slot === undefined ? '' : ` --slot ${slot}`;
  const packed = '"$SITE_DIRECTORY.zip"';
  return [
    {
      key: 'Upload',
      summary: `Puts the built site into ${slot === undefined ? site : `the slot ${slot} of ${site}`}; run inside of its network, since its deployment site is closed to the internet`,
      commands: [
        `(cd "$SITE_DIRECTORY" && zip --quiet --recurse-paths ${packed} .)`,
        `az webapp deploy --resource-group ${group} --name ${site}${target} --type zip --src-path ${packed}`,
      ],
    },
  ];
}

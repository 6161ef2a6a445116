/**
 * What runs a pipeline.
 */
export enum PipelineEngine {
  /** GitHub Actions: `.github/workflows`. */
  GITHUB_ACTIONS = 'github-actions',
  /** Azure Pipelines: `azure-pipelines`. */
  AZURE_DEVOPS = 'azure-devops',
}

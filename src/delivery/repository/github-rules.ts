import type { RepositoryRulesetConfig } from '@cdktf/provider-github/lib/repository-ruleset';
import { IPromotionPipeline } from '../promotion-pipeline-interface';

/** The app that GitHub Actions reports checks as; a check of the same name from elsewhere does not count. */
const GITHUB_ACTIONS = 15368;

/** What the rules of the default branch are made from. */
export interface BranchRulesProps {
  readonly pipeline: IPromotionPipeline;
  readonly repository: string;
  readonly requiredApprovals: number;
  readonly codeOwnerApproval: boolean;
}

/** Changes come by pull request, approved and checked; nothing rewrites what was. */
export function branchRules({ pipeline, repository, ...props }: BranchRulesProps): RepositoryRulesetConfig {
  return {
    repository,
    name: named(pipeline, 'branch'),
    target: 'branch',
    enforcement: 'active',
    conditions: { refName: { include: [`refs/heads/${pipeline.defaultBranch}`], exclude: [] } },
    rules: {
      deletion: true,
      nonFastForward: true,
      pullRequest: {
        requiredApprovingReviewCount: props.requiredApprovals,
        requireCodeOwnerReview: props.codeOwnerApproval,
        dismissStaleReviewsOnPush: true,
        requireLastPushApproval: props.requiredApprovals > 0,
        requiredReviewThreadResolution: true,
      },
      requiredStatusChecks: {
        strictRequiredStatusChecksPolicy: true,
        requiredCheck: pipeline.requiredChecks.map((context) => ({ context, integrationId: GITHUB_ACTIONS })),
      },
    },
  };
}

/** A release stays what it was. */
export function tagRules(pipeline: IPromotionPipeline, repository: string): RepositoryRulesetConfig {
  return {
    repository,
    name: named(pipeline, 'release tags'),
    target: 'tag',
    enforcement: 'active',
    conditions: { refName: { include: pipeline.releaseTags.map((tag) => `refs/tags/${tag}`), exclude: [] } },
    rules: { deletion: true, nonFastForward: true, update: true },
  };
}

function named({ pipelineName }: IPromotionPipeline, what: string): string {
  return ['pipeline', pipelineName, what].filter((word) => word !== '').join(' ');
}

import { ServiceTier } from '../../core/environment';
import { ChangeWindow, PromotionStage } from '../promotion-stage';
import { ApprovalModel, ChangeWindowModel, StageModel } from './stage-model';

/** What a stage may take from the pipeline. */
export interface StageContext {
  readonly approvers: { readonly [role: string]: string[] };
  readonly runner: string;
  readonly last: boolean;
}

/** A stage, with everything decided that was left open. */
export function stageModel(props: PromotionStage, { approvers, runner, last }: StageContext): StageModel {
  const { environment, changeWindow } = props;
  const approval = (role: string): ApprovalModel => ({ role, reviewers: approvers[role] ?? [] });
  const roles = approvalsOf(props);
  const hotfixRole = props.hotfixApproval ?? roles[roles.length - 1];
  return {
    name: environment.name,
    approvals: roles.map(approval),
    waitMinutes: props.waitMinutes ?? environment.profile.waitMinutes,
    changeWindow: changeWindow && windowModel(changeWindow),
    slots: props.slots ?? environment.profile.tier !== ServiceTier.ECONOMY,
    hotfix: props.hotfix ?? last,
    hotfixApproval: hotfixRole === undefined ? undefined : approval(hotfixRole),
    runner: props.runner ?? runner,
  };
}

function windowModel({ days, opens, closes, timeZone, frozen }: ChangeWindow): ChangeWindowModel {
  return { days, from: opens, to: closes, timeZone, frozen: frozen ?? [] };
}

/** Roles that must agree to a stage. */
export function approvalsOf({ approvals, environment }: PromotionStage): string[] {
  return approvals ?? environment.profile.approvals;
}

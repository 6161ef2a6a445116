export { judge } from './judge';
export type { JudgeOptions } from './judge';
export { findTerraform } from './terraform';
export type { Change, Finding, ResourceChange, StackVerdict, TerraformPlan, TerraformState } from './verdict';

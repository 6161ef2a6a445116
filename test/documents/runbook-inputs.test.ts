import { TerraformResource } from 'cdktf';
import { IRecoverable, RecoveryOccasion, RecoveryStep } from '../../src/contracts/recovery';
import { Environment } from '../../src/core/environment';
import { Runbook } from '../../src/documents/runbook';
import { workloadIn } from '../support';
import { Part } from './parts';

/** Comes back by some commands. */
class Recoverable extends Part implements IRecoverable {
  public commands: string[] = [];

  public toRecoverySteps(): RecoveryStep[] {
    const { commands } = this;
    return [{ key: 'Go', occasion: RecoveryOccasion.RESTORE, summary: 'Does it', commands, minutes: 5 }];
  }
}

function inputsOf(part: Recoverable): string[] {
  const markdown = Runbook.of(part.node.scope!).toMarkdown();
  return markdown.split('\n').filter((line) => /^- `[A-Z]/.test(line));
}

describe('variables to set before a step', () => {
  test('what only Terraform knows is named as the command has it, with the place that prints it', () => {
    const workload = workloadIn(Environment.PROD);
    const app = new Recoverable(workload, 'Api', 'azurerm_linux_web_app');
    const account = new TerraformResource(workload, 'Account', { terraformResourceType: 'azurerm_storage_account' });
    app.commands = [`az approve --id ${account.getStringAttribute('id')} --as "$NEW_SKU" --at "$RESTORE_TIME"`];

    expect(inputsOf(app)).toEqual([
      '- `BILLING_ACCOUNT_ID`: the chapter "Where commands run" has the command that prints it',
      '- `NEW_SKU`: as the step says',
      '- `RESTORE_TIME`: a moment in UTC, e.g. `2026-05-04T03:00:00Z`',
    ]);
  });
});

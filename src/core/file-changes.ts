import { createTwoFilesPatch } from 'diff';
import { FileDifference } from './generated-files';

/** A difference as people read it: a unified diff, with `-` for what is committed and `+` for what should be. */
export function changeOf({ path, is, shouldBe }: FileDifference): string {
  if (is === undefined) {
    return `${path}: is missing\n`;
  }
  if (shouldBe === undefined) {
    return `${path}: is no more; delete it\n`;
  }
  const patch = createTwoFilesPatch(path, path, is, shouldBe, 'committed', 'generated', { context: 2 });
  return patch.replace(/^(Index: .*\n)?=+\n/, '');
}

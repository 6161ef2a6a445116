/**
 * What is left of a value that Terraform has yet to compute when its stand-in was changed: a text in another case or without its
 * brackets, a number that somebody reckoned with (stand-ins for numbers are far from all that anybody means).
 */
const REMAINS = /tf_?token\W{0,2}token\W?\d+|-?\d(?:\.\d+)?e\+(?:2[6-9]\d|30\d)/i;

/**
 * What is left of stand-ins in a stack as it was written, as sentences led by the path of the construct.
 *
 * Terraform itself refuses some of these, and takes others for what was meant.
 */
export function mangledTokensIn(written: string): string[] {
  return REMAINS.test(written) ? remainsIn(JSON.parse(written), '') : [];
}

function remainsIn(value: unknown, place: string): string[] {
  if (typeof value === 'string' || typeof value === 'number') {
    const [remains] = REMAINS.exec(String(value)) ?? [];
    return remains === undefined
      ? []
      : [
          `${place} has ${JSON.stringify(remains)}, which is what was left of a value that Terraform has yet to compute: do not change such a value at synthesis (case, parts of it, arithmetic), let Terraform do it, with Fn and Op of cdktf`,
        ];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { '//': comment, ...rest }: { '//'?: { metadata?: { path?: string } } } = value;
  return Object.entries(rest).flatMap(([key, inner]) =>
    remainsIn(inner, comment?.metadata?.path ? `${comment.metadata.path}: '${key}'` : place || `'${key}'`),
  );
}

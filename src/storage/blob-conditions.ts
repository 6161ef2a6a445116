import { hasForm, isComputed, shown } from '../core/validation';
import { BlobTagSet } from './blob-tags';

/** Letters, digits, space and `+ - . / : = _`: what Azure takes, and what needs no escape in a condition. */
const VALUE = /^[A-Za-z0-9 +./:=_-]{1,256}$/;

/** The prop of each tag, in the order of the tags. */
const PROPS = {
  environment: 'environment',
  gdpr_classification: 'gdprClassification',
  job_id: 'jobId',
  tenant_id: 'tenantId',
} as const;

/** Name and value of each tag that is given, sorted by name. */
export function tagsOf(tags: BlobTagSet): Array<[string, string]> {
  return Object.entries(PROPS).flatMap(([tag, prop]): Array<[string, string]> => {
    const value = tags[prop];
    return value === undefined ? [] : [[tag, value]];
  });
}

/**
 * What is wrong with a set of tags, as clauses for `rejectIf()`.
 *
 * @param prop Prop that it comes from.
 * @param tags The set.
 */
export function tagProblems(prop: string, tags: BlobTagSet): Array<string | false> {
  const given = tagsOf(tags);
  return [
    given.length === 0 && `'${prop}' must name at least one tag, or it would mean every blob`,
    ...given.map(
      ([tag, value]) =>
        !hasForm(value, VALUE) &&
        `the tag ${tag} of '${prop}' must have 1 to 256 letters, digits, spaces or any of +-./:=_, got ${shown(value)}`,
    ),
    ...given.map(
      ([tag, value]) =>
        isComputed(value) &&
        `the tag ${tag} of '${prop}' must be a literal, because rules are grouped and named by it at synthesis; got ${shown(value)}`,
    ),
  ];
}

/** The one action that reads the content of blobs; listing them counts as reading, and has no tags to go by. */
const READ = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';

/**
 * The condition, in version 2.0 of the language, under which only blobs with all of these tags are read.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-examples
 */
export function readCondition(tags: BlobTagSet): string {
  const matches = tagsOf(tags).map(
    ([tag, value]) =>
      `@Resource[Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags:${tag}<$key_case_sensitive$>] StringEquals '${value}'`,
  );
  return `((!(ActionMatches{'${READ}'} AND NOT SubOperationMatches{'Blob.List'})) OR (${matches.join(' AND ')}))`;
}

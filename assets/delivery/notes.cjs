'use strict';
// What a release leaves on the resource that it went to, in two tags: what was put in place last, and what ran before. Tags survive
// a swap and restart nothing, and whoever comes after a killed run reads them.

const CANDIDATE_TAG = 'hidden-rollout-candidate';
const PREVIOUS_TAG = 'hidden-rollout-previous';

/** What became of a candidate: a rollout that goes on somewhere reads it, and stops. */
const TAKEN_BACK = 'taken-back:';
const RELEASED = 'released:';

/** The run that built an archive, and the hash of it: by them it is found again. An image is found by its name. */
const NOTE = /^(?<state>released:|taken-back:)?(?<version>.*?)(?:@(?<run>\w{1,32})#(?<sha256>[0-9a-f]{64}))?$/s;

/** A note in its parts; nothing where there is none. */
function parsed(text) {
  if (text === undefined || text === null || text === '') {
    return undefined;
  }
  const { state = '', version, run, sha256 } = NOTE.exec(text).groups;
  return { state, version, run, sha256 };
}

/** A note as it is written. */
function written({ state = '', version, run, sha256 }) {
  return `${state}${version}${run === undefined || sha256 === undefined ? '' : `@${run}#${sha256}`}`;
}

/** The version in a note, whatever became of it. */
function notedVersion(text) {
  return parsed(text)?.version;
}

/** The notes on a resource, as Azure tells its tags. */
function notesOf(tags) {
  return { candidate: parsed(tags?.[CANDIDATE_TAG]), previous: parsed(tags?.[PREVIOUS_TAG]) };
}

/** Arguments of `az` that write both notes, and leave other tags alone. */
function noting(resourceId, candidate, previous) {
  const tags = [`${CANDIDATE_TAG}=${candidate}`, `${PREVIOUS_TAG}=${previous}`];
  return ['tag', 'update', '--resource-id', resourceId, '--operation', 'Merge', '--tags', ...tags];
}

/**
 * What ran before a version, as far as the notes say: what is returned to when that version fails.
 *
 * @param version Version that is about to be released; nothing where the last one is taken back.
 */
function before({ candidate, previous }, version) {
  const isAnother = version !== undefined && candidate?.version !== version;
  return isAnother && candidate?.state === RELEASED ? candidate : previous;
}

module.exports = { RELEASED, TAKEN_BACK, before, notedVersion, notesOf, noting, parsed, written };

'use strict';
// Text for comments and issues. What comes from a plan or from Azure was named by people: it is shown, never interpreted.

/** GitHub takes 65,536 characters; the rest is for what is not counted the way we do. */
const LIMIT = 60_000;

/** A name as code: no markup, no mention, no end of the table cell it is in. */
function code(text) {
  const plain = String(text)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/`/g, 'ˋ')
    .replace(/\|/g, '¦')
    .trim();
  return `\`${plain.length > 300 ? `${plain.slice(0, 299)}…` : plain}\``;
}

/** A hidden line by which a comment or an issue is found again. */
function markerOf(...words) {
  return `<!-- azure-platform-constructs: ${words
    .join(' ')
    .replace(/[^\w .:/-]+/g, '_')
    .replace(/--+/g, '-')} -->`;
}

/**
 * Joins lines, first come first served, and says how many did not fit.
 *
 * @param sections Each with a heading and lines; a `summary` folds it.
 */
function document(head, sections, foot, limit = LIMIT) {
  const size = (text) => Buffer.byteLength(text) + 1;
  const kept = [...head];
  let left = limit - [...head, ...foot].reduce((sum, line) => sum + size(line), 0) - 200;
  let dropped = 0;
  for (const { before, lines, after } of sections) {
    const frame = [...before, ...after].reduce((sum, line) => sum + size(line), 0);
    const fitting = [];
    let room = left - frame;
    for (const line of lines) {
      if (size(line) > room) {
        break;
      }
      room -= size(line);
      fitting.push(line);
    }
    dropped += lines.length - fitting.length;
    if (fitting.length > 0) {
      kept.push(...before, ...fitting, ...after);
      left = room;
    }
  }
  const rest = dropped > 0 ? ['', `**${dropped} more lines did not fit; they are in the log of the run.**`] : [];
  return [...kept, ...rest, ...foot].join('\n');
}

module.exports = { LIMIT, code, document, markerOf };

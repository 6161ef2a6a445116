import { createHash } from 'crypto';

/** Namespace of every id that this library makes up; any constant would do, as long as it never changes. */
const NAMESPACE = Buffer.from('6f1d6c5e0b3c5d0f9c7a4d5b8e2f1a30', 'hex');

/**
 * A UUID that follows from its parts alone (version 5 of RFC 9562).
 */
export function uuidOf(...parts: string[]): string {
  return uuidV5(NAMESPACE, parts.join('\u0000'));
}

/**
 * The UUID of a name in a namespace (version 5 of RFC 9562).
 */
export function uuidV5(namespace: Buffer, name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

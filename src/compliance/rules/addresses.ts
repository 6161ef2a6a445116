import { isIP } from 'net';

/** An address of IPv4 as a number; nothing for whatever else. */
export function numberOf(address: unknown): number | undefined {
  const text = String(address);
  return isIP(text) === 4 ? text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
}

/** Whether an address of IPv4 lies in a network, e.g. `10.0.0.4` in `10.0.0.0/24`. */
export function holdsAddress(network: unknown, address: unknown): boolean {
  const [base, length] = String(network).split('/');
  const [from, at] = [numberOf(base), numberOf(address)];
  const size = 2 ** (32 - Number(length));
  return from !== undefined && at !== undefined && Math.floor(from / size) === Math.floor(at / size);
}

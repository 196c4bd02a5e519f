import { thousands } from '../../base/thousands.ts';
/** Bytes in whole MiB, for people. */
export function mebibytes(bytes: number): string {
  return `${thousands(Math.floor(bytes / 1024 / 1024))} MiB`;
}

import { decodeBase64Strict, encodeBase64 } from './base64.ts';

export interface PemBlock {
  readonly label: string;
  readonly der: Buffer;
}

/** The one block that `text` consists of (RFC 7468, lines of 64 characters, either line end, final line end optional), or null. */
export function readPem(text: string): PemBlock | null {
  const match = text.length > pemCharacters ? null : pemForm.exec(text);
  const { label, end, body } = match?.groups ?? {};
  if (label === undefined || body === undefined || label !== end) return null;
  const joined = body.replace(/[\r\n]/g, '');
  const der = joined.length % 4 === 0 ? decodeBase64Strict(joined) : null;
  return der === null ? null : { label, der };
}

export function writePem({ label, der }: PemBlock): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** A key file is a few hundred characters; nothing near this is one. */
const pemCharacters = 16_384;
const pemForm =
  /^-----BEGIN (?<label>[A-Z0-9 ]+)-----\r?\n(?<body>(?:[A-Za-z0-9+/]{64}\r?\n)*[A-Za-z0-9+/=]{1,64}\r?\n)-----END (?<end>[A-Z0-9 ]+)-----(?:\r?\n)?$/;

/**
 * Texts as base64 of their UTF-8, in which form the API takes and gives GraphQL schemas.
 *
 * @module
 */

/** Encodes any text, also a long one. */
export function encodeText(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return btoa(bytes);
}

/** Decodes a text; what is no base64 of one is given back as it is. */
export function decodeText(encoded: string): string {
  try {
    const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return encoded;
  }
}

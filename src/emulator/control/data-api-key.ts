/**
 * Keys of Data APIs: 32 letters and digits, shown once.
 *
 * @module
 */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LENGTH = 32;

/** Makes a key. */
export function dataApiKey(): string {
  let key = "";
  while (key.length < LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(LENGTH))) {
      // Beyond the last whole alphabet, the first letters would be more likely.
      if (byte < 256 - (256 % ALPHABET.length)) key += ALPHABET[byte % ALPHABET.length];
    }
  }
  return key.slice(0, LENGTH);
}

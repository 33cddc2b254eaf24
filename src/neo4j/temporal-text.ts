/**
 * One way to write a moment, whichever transport it came by: the driver pads the fraction to nine digits, a server leaves out what
 * is zero.
 *
 * @module
 */

/** Gives `12:50:00.5+01:00` for `12:50:00.500000000+01:00` and `12:50:00` for `12:50`; a date alone stays as it is. */
export function plainTime(text: string): string {
  return text
    .replace(
      /(\d\d:\d\d)(:\d\d)?(?:(\.\d*[1-9])0*|\.0*)?/,
      (_whole, minutes, seconds = ":00", fraction = "") => minutes + seconds + fraction,
    )
    .replace(/^([+-])0+(?=\d{4})/, "$1");
}

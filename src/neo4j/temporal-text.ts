/**
 * One way to write a moment or a duration, whichever transport it came by: the driver pads the fraction to nine digits and counts
 * in months and seconds, a server leaves out what is zero and counts in years and hours.
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

/** Gives `P1Y2M3DT1H1M1.5S`, as Cypher's `toString()` does, for `P14M3DT3661.500000000S`. */
export function plainDuration(text: string): string {
  let [months, days, nanos] = [0n, 0n, 0n];
  const parts = /(T?)(-?\d+)(?:\.(\d+))?([A-Z])/g;
  let ofTime = false;
  for (const [, mark, whole = "", fraction = "", unit] of text.matchAll(parts)) {
    ofTime ||= mark !== "";
    const amount = BigInt(whole);
    if (unit === "Y") months += amount * 12n;
    else if (unit === "D") days += amount;
    else if (unit === "W") days += amount * 7n;
    else if (!ofTime) months += amount;
    else if (unit === "S") nanos += BigInt(whole + fraction.padEnd(9, "0"));
    else nanos += amount * (unit === "H" ? 3600n : 60n) * 1_000_000_000n;
  }
  const seconds = nanos / 1_000_000_000n % 60n;
  const rest = plainTime(
    "00:00:00." + `${nanos % 1_000_000_000n}`.replace("-", "").padStart(9, "0"),
  );
  const sign = nanos < 0n && !seconds ? "-" : "";
  const date = part(months / 12n, "Y") + part(months % 12n, "M") + part(days, "D");
  const time = part(nanos / 3_600_000_000_000n, "H") + part(nanos / 60_000_000_000n % 60n, "M") +
    (rest.length > 8 ? `${sign}${seconds}${rest.slice(8)}S` : part(seconds, "S"));
  return date || time ? "P" + date + (time && "T" + time) : "PT0S";
}

function part(amount: bigint, unit: string): string {
  return amount ? amount + unit : "";
}

/**
 * A duration as a server writes it, from the driver's way, which counts in months and seconds.
 *
 * @see https://neo4j.com/docs/cypher-manual/current/values-and-types/temporal/
 * @module
 */
import { plainTime } from "./temporal-text.ts";

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

/**
 * Temporal values to the text that Cypher reads and writes, and back.
 *
 * @module
 */
import {
  DateValue,
  DurationValue,
  LocalDateTimeValue,
  LocalTimeValue,
  OffsetDateTimeValue,
  type TemporalValue,
  TimeValue,
  ZonedDateTimeValue,
} from "./values.ts";

const SECONDS_A_DAY = 86_400n;
const NANOS_A_SECOND = 1_000_000_000n;

const DATE = /^([+-]?\d{4,9})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?$/;
const OFFSET = /(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)$/;
const DURATION =
  /^([+-]?)P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?(?:T?(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?)(\d+)(?:[.,](\d{1,9}))?S)?)?$/;

/** Writes a temporal value as Cypher's `toString` does. */
export function formatTemporal(value: TemporalValue): string {
  if (value instanceof DateValue) return formatDate(value.days);
  if (value instanceof LocalTimeValue) return formatTime(value.nanoseconds);
  if (value instanceof TimeValue) {
    return formatTime(value.nanoseconds) + formatOffset(value.offsetSeconds);
  }
  if (value instanceof LocalDateTimeValue) return formatWall(value.seconds, value.nanoseconds);
  if (value instanceof OffsetDateTimeValue) {
    const wall = value.seconds + BigInt(value.offsetSeconds);
    return formatWall(wall, value.nanoseconds) + formatOffset(value.offsetSeconds);
  }
  if (value instanceof ZonedDateTimeValue) {
    const offset = zoneOffset(value.zone, value.seconds);
    const wall = formatWall(value.seconds + BigInt(offset), value.nanoseconds);
    return `${wall}${formatOffset(offset)}[${value.zone}]`;
  }
  return formatDuration(value);
}

/** Reads a DATE, or gives undefined. */
export function parseDate(text: string): DateValue | undefined {
  const days = daysOf(text);
  return days === undefined ? undefined : new DateValue(days);
}

/** Reads a LOCAL TIME or a ZONED TIME, as the offset is there or not, or gives undefined. */
export function parseTime(text: string): LocalTimeValue | TimeValue | undefined {
  const { wall, offset } = splitOffset(text);
  const nanoseconds = nanosOf(wall);
  if (nanoseconds === undefined) return undefined;
  return offset === undefined
    ? new LocalTimeValue(nanoseconds)
    : new TimeValue(nanoseconds, offset);
}

/** Reads a LOCAL DATETIME or a ZONED DATETIME (`…+02:00`, `…[Europe/Paris]`), or gives undefined. */
export function parseDateTime(
  text: string,
): LocalDateTimeValue | OffsetDateTimeValue | ZonedDateTimeValue | undefined {
  const zoned = /^(.*)\[([^\]]+)\]$/.exec(text);
  const [date = "", rest = ""] = (zoned?.[1] ?? text).split("T", 2);
  const { wall, offset } = splitOffset(rest);
  const days = daysOf(date);
  const nanos = nanosOf(wall);
  if (days === undefined || nanos === undefined) return undefined;
  const seconds = days * SECONDS_A_DAY + nanos / NANOS_A_SECOND;
  const nanoseconds = Number(nanos % NANOS_A_SECOND);
  const zone = zoned?.[2];
  if (zone !== undefined) {
    const shift = offset ?? safeZoneOffset(zone, seconds);
    return shift === undefined
      ? undefined
      : new ZonedDateTimeValue(seconds - BigInt(shift), nanoseconds, zone);
  }
  return offset === undefined
    ? new LocalDateTimeValue(seconds, nanoseconds)
    : new OffsetDateTimeValue(seconds - BigInt(offset), nanoseconds, offset);
}

/** Reads a DURATION in ISO 8601, or gives undefined. */
export function parseDuration(text: string): DurationValue | undefined {
  const found = DURATION.exec(text);
  if (found === null || text.length < 3) return undefined;
  const sign = found[1] === "-" ? -1n : 1n;
  const part = (index: number) => BigInt(found[index] ?? "0") * sign;
  const months = part(2) * 12n + part(3);
  const days = part(4) * 7n + part(5);
  let nanos = BigInt(found[9] ?? "0") * NANOS_A_SECOND +
    BigInt((found[10] ?? "").padEnd(9, "0"));
  if (found[8] === "-") nanos = -nanos;
  nanos = nanos * sign + (part(6) * 3600n + part(7) * 60n) * NANOS_A_SECOND;
  const seconds = floorDiv(nanos, NANOS_A_SECOND);
  return new DurationValue(months, days, seconds, Number(nanos - seconds * NANOS_A_SECOND));
}

function splitOffset(text: string): { wall: string; offset: number | undefined } {
  const found = OFFSET.exec(text);
  if (found === null) return { wall: text, offset: undefined };
  const mark = found[1] ?? "";
  const wall = text.slice(0, found.index);
  if (mark === "Z") return { wall, offset: 0 };
  const digits = mark.slice(1).replaceAll(":", "");
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4) || 0) * 60 +
    Number(digits.slice(4, 6) || 0);
  return { wall, offset: mark.startsWith("-") ? -seconds : seconds };
}

function daysOf(text: string): bigint | undefined {
  const found = DATE.exec(text);
  if (found === null) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return civilToDays(BigInt(year), month, day);
}

function nanosOf(text: string): bigint | undefined {
  const found = TIME.exec(text);
  if (found === null) return undefined;
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return BigInt(hour * 3600 + minute * 60 + second) * NANOS_A_SECOND +
    BigInt((found[4] ?? "").padEnd(9, "0"));
}

function formatDate(days: bigint): string {
  const { year, month, day } = daysToCivil(days);
  const digits = String(year < 0n ? -year : year).padStart(4, "0");
  const sign = year < 0n ? "-" : year > 9999n ? "+" : "";
  return `${sign}${digits}-${two(month)}-${two(day)}`;
}

function formatTime(nanoseconds: bigint): string {
  const seconds = Number(nanoseconds / NANOS_A_SECOND);
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${two(hour)}:${two(minute)}:${two(seconds % 60)}${
    fraction(Number(nanoseconds % NANOS_A_SECOND))
  }`;
}

function formatWall(seconds: bigint, nanoseconds: number): string {
  const days = floorDiv(seconds, SECONDS_A_DAY);
  const time = (seconds - days * SECONDS_A_DAY) * NANOS_A_SECOND + BigInt(nanoseconds);
  return `${formatDate(days)}T${formatTime(time)}`;
}

function formatOffset(offsetSeconds: number): string {
  if (offsetSeconds === 0) return "Z";
  const size = Math.abs(offsetSeconds);
  const tail = size % 60 === 0 ? "" : `:${two(size % 60)}`;
  return `${offsetSeconds < 0 ? "-" : "+"}${two(Math.floor(size / 3600))}:${
    two(Math.floor(size / 60) % 60)
  }${tail}`;
}

/** As a server does: in years and hours, and without what is zero. */
function formatDuration(value: DurationValue): string {
  const nanos = value.seconds * NANOS_A_SECOND + BigInt(value.nanoseconds);
  const seconds = nanos / NANOS_A_SECOND % 60n;
  const rest = fraction(Math.abs(Number(nanos % NANOS_A_SECOND)));
  const sign = nanos < 0n && seconds === 0n ? "-" : "";
  const date = amount(value.months / 12n, "Y") + amount(value.months % 12n, "M") +
    amount(value.days, "D");
  const time = amount(nanos / NANOS_A_SECOND / 3600n, "H") +
    amount(nanos / NANOS_A_SECOND / 60n % 60n, "M") +
    (rest === "" ? amount(seconds, "S") : `${sign}${seconds}${rest}S`);
  if (date + time === "") return "PT0S";
  return `P${date}${time === "" ? "" : `T${time}`}`;
}

function amount(count: bigint, unit: string): string {
  return count === 0n ? "" : `${count}${unit}`;
}

function safeZoneOffset(zone: string, seconds: bigint): number | undefined {
  try {
    // A wall clock is no instant: one guess in UTC, and one step from there, is right but for the hour of a change.
    const guess = zoneOffset(zone, seconds);
    return zoneOffset(zone, seconds - BigInt(guess));
  } catch {
    return undefined;
  }
}

function zoneOffset(zone: string, seconds: bigint): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    timeZoneName: "longOffset",
  }).formatToParts(Number(seconds) * 1000);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return splitOffset(name.slice(3)).offset ?? 0;
}

function civilToDays(year: bigint, month: number, day: number): bigint {
  const shifted = month <= 2 ? year - 1n : year;
  const era = floorDiv(shifted, 400n);
  const yearOfEra = shifted - era * 400n;
  const dayOfYear = BigInt(Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1);
  const dayOfEra = yearOfEra * 365n + yearOfEra / 4n - yearOfEra / 100n + dayOfYear;
  return era * 146_097n + dayOfEra - 719_468n;
}

function daysToCivil(days: bigint): { year: bigint; month: number; day: number } {
  const shifted = days + 719_468n;
  const era = floorDiv(shifted, 146_097n);
  const dayOfEra = shifted - era * 146_097n;
  const yearOfEra = (dayOfEra - dayOfEra / 1460n + dayOfEra / 36_524n - dayOfEra / 146_096n) / 365n;
  const dayOfYear = Number(dayOfEra - (365n * yearOfEra + yearOfEra / 4n - yearOfEra / 100n));
  const moved = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * moved + 2) / 5) + 1;
  const month = moved < 10 ? moved + 3 : moved - 9;
  return { year: yearOfEra + era * 400n + (month <= 2 ? 1n : 0n), month, day };
}

function floorDiv(value: bigint, by: bigint): bigint {
  const whole = value / by;
  return value % by < 0n ? whole - 1n : whole;
}

function fraction(nanoseconds: number): string {
  if (nanoseconds === 0) return "";
  return `.${String(nanoseconds).padStart(9, "0").replace(/0+$/, "")}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

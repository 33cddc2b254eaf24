/**
 * Temporal values to the text that Cypher reads and writes, and back.
 *
 * @module
 */
import { DateValue, DurationValue, LocalDateTimeValue, LocalTimeValue, OffsetDateTimeValue, type TemporalValue, TimeValue, ZonedDateTimeValue } from "./values.ts";
/** Writes a temporal value as Cypher's `toString` does. */
export declare function formatTemporal(value: TemporalValue): string;
/** Reads a DATE, or gives undefined. */
export declare function parseDate(text: string): DateValue | undefined;
/** Reads a LOCAL TIME or a ZONED TIME, as the offset is there or not, or gives undefined. */
export declare function parseTime(text: string): LocalTimeValue | TimeValue | undefined;
/** Reads a LOCAL DATETIME or a ZONED DATETIME (`…+02:00`, `…[Europe/Paris]`), or gives undefined. */
export declare function parseDateTime(text: string): LocalDateTimeValue | OffsetDateTimeValue | ZonedDateTimeValue | undefined;
/** Reads a DURATION in ISO 8601, or gives undefined. */
export declare function parseDuration(text: string): DurationValue | undefined;

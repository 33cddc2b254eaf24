import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  formatTemporal,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
} from "../../../src/emulator/engine/temporal-text.ts";
import {
  DateValue,
  DurationValue,
  LocalDateTimeValue,
  LocalTimeValue,
  OffsetDateTimeValue,
  TimeValue,
  ZonedDateTimeValue,
} from "../../../src/emulator/engine/values.ts";
import { seeded } from "./plane.ts";

describe("formatTemporal()", () => {
  const cases = [
    [new DateValue(0n), "1970-01-01"],
    [new DateValue(-719_529n), "-0001-12-31"],
    [new DateValue(19_782n), "2024-02-29"],
    [new LocalTimeValue(0n), "00:00:00"],
    [new LocalTimeValue(86_399_999_999_999n), "23:59:59.999999999"],
    [new TimeValue(3_600_000_000_000n, -5400), "01:00:00-01:30"],
    [new TimeValue(0n, 0), "00:00:00Z"],
    [new LocalDateTimeValue(-1n, 500_000_000), "1969-12-31T23:59:59.5"],
    [new OffsetDateTimeValue(0n, 7, 3600), "1970-01-01T01:00:00.000000007+01:00"],
    [
      new ZonedDateTimeValue(1_719_792_000n, 0, "Europe/Paris"),
      "2024-07-01T02:00:00+02:00[Europe/Paris]",
    ],
    [new DurationValue(14n, -3n, 5n, 7), "P1Y2M-3DT5.000000007S"],
    [new DurationValue(-14n, 0n, -3661n, 500_000_000), "P-1Y-2MT-1H-1M-0.5S"],
    [new DurationValue(0n, 0n, -1n, 500_000_000), "PT-0.5S"],
    [new DurationValue(0n, 0n, 0n, 0), "PT0S"],
  ] as const;
  for (const [value, text] of cases) {
    test(`writes ${text}`, () => {
      assert.equal(formatTemporal(value), text);
    });
  }
});

describe("parse…()", () => {
  test("reads back what formatTemporal() wrote", () => {
    const random = seeded(99);
    const whole = (most: number) => Math.floor(random() * most);
    for (let round = 0; round < 500; round++) {
      const nanos = whole(3) === 0 ? 0 : whole(1e9);
      const seconds = BigInt(whole(8e10) - 4e10);
      const offset = (whole(24 * 4) - 48) * 900;
      const date = new DateValue(BigInt(whole(4_000_000) - 2_000_000));
      assert.deepEqual(parseDate(formatTemporal(date)), date);
      const clock = BigInt(whole(86_400)) * 1_000_000_000n + BigInt(nanos);
      for (const time of [new LocalTimeValue(clock), new TimeValue(clock, offset)]) {
        assert.deepEqual(parseTime(formatTemporal(time)), time);
      }
      for (
        const moment of [
          new LocalDateTimeValue(seconds, nanos),
          new OffsetDateTimeValue(seconds, nanos, offset),
          new ZonedDateTimeValue(BigInt(whole(4e9)), nanos, "America/New_York"),
        ]
      ) {
        assert.deepEqual(parseDateTime(formatTemporal(moment)), moment);
      }
      const duration = new DurationValue(
        BigInt(whole(200) - 100),
        BigInt(whole(200) - 100),
        BigInt(whole(1e6) - 5e5),
        nanos,
      );
      assert.deepEqual(parseDuration(formatTemporal(duration)), duration);
    }
  });

  test("reads the other ways to write them", () => {
    assert.deepEqual(
      parseDuration("P1Y2M3W4DT5H6M7.5S"),
      new DurationValue(14n, 25n, 18_367n, 5e8),
    );
    assert.deepEqual(parseDuration("-P1D"), new DurationValue(0n, -1n, 0n, 0));
    assert.deepEqual(parseTime("10:11Z"), new TimeValue(36_660_000_000_000n, 0));
    assert.deepEqual(
      parseDateTime("2024-07-01T00:00:00[UTC]"),
      new ZonedDateTimeValue(1_719_792_000n, 0, "UTC"),
    );
  });

  test("gives undefined for anything else", () => {
    for (const text of ["", "P", "PT", "today", "2024-13-01", "25:00:00", "2024-01-01T", "P1"]) {
      assert.equal(parseDate(text), undefined, text);
      assert.equal(parseTime(text), undefined, text);
      assert.equal(parseDateTime(text), undefined, text);
      assert.equal(parseDuration(text), undefined, text);
    }
    assert.equal(parseDateTime("2024-07-01T00:00:00[No/Where]"), undefined);
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf, type Lane } from "../../bench/figures.ts";
import { read } from "./sources.ts";

function lane(seconds: string, overshoots: readonly (number | null)[], fixed: number | null): Lane {
  return {
    seconds,
    wakes: overshoots.map((overshootMs, index) => ({
      overshootMs,
      resumeCalls: 1,
      statusReads: 2 + index,
    })),
    fixed: { overshootMs: fixed, resumeCalls: 1, statusReads: 0 },
  };
}

test("npm run bench:wake ends with one object of these names", () => {
  const herd = {
    requests: 10_000,
    served: 10_000,
    resume_calls: 1,
    status_reads: 3,
    bytes_per_request: 4_000,
  };
  const figures = figuresOf({
    awake: { ratio: 1.012345, nanoseconds: 400, controlPlaneRequests: 0 },
    lanes: [
      lane("2", [100.4, 90, 120], 13_000.2),
      lane("10", [200, 100], 5_000),
      lane("30", [150], null),
    ],
    crowd: herd,
    gzipBytes: 18_000,
  });
  assert.deepEqual(JSON.parse(JSON.stringify(figures)), {
    overhead_ratio: 1.0123,
    overshoot_ms: { "2": 100, "10": 150, "30": 150 },
    fixed_delay_overshoot_ms: { "2": 13_000, "10": 5_000, "30": null },
    resume_calls: 1,
    status_reads: 4,
    herd,
    gzip_bytes: 18_000,
  });
  assert.match(read("bench/wake.ts"), /\nsay\(JSON\.stringify\(figures\)\);\n$/);
  assert.match(read("bench/wake.ts"), /const REPEATS = \{ 2: \d+, 10: \d+, 30: \d+ \}/);
});

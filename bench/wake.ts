/**
 * The figures of the README: `npm run bench:wake`. The last line is one JSON object.
 *
 * @module
 */
import process from "node:process";
import { herd } from "./herd.ts";
import { median } from "./local.ts";
import { overhead } from "./overhead.ts";
import { type Overshoot, withFixedDelay, withWake } from "./overshoot.ts";
import { gzipBytes } from "./size.ts";

/** How often each wake is measured, by its seconds. */
const REPEATS = { 2: 9, 10: 5, 30: 3 } as const;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const awake = await overhead();
say(`awake: ${awake.ratio.toFixed(3)}x of an empty middleware with one query a request`);
say(`       ${Math.round(awake.nanoseconds)} ns added to a handler that does nothing`);
say(`       ${awake.controlPlaneRequests} requests to the control plane`);

const crowd = await herd(10_000);
say(
  `herd:  ${crowd.served} of ${crowd.requests} served, ${crowd.bytes_per_request} bytes each while held`,
);

const lanes = Object.entries(REPEATS).map(async ([seconds, repeats]) => {
  const fixed = withFixedDelay(Number(seconds));
  const wakes: Overshoot[] = [];
  for (let count = 0; count < repeats; count++) wakes.push(await withWake(Number(seconds)));
  return { seconds, wakes, fixed: await fixed };
});
const measured = await Promise.all(lanes);

const overshoot: Record<string, number> = {};
const fixedDelay: Record<string, number | null> = {};
let resumeCalls = 0;
let statusReads = 0;
for (const { seconds, wakes, fixed } of measured) {
  const ms = wakes.map(({ overshootMs }) => overshootMs ?? Infinity);
  overshoot[seconds] = Math.round(median(ms));
  fixedDelay[seconds] = fixed.overshootMs === null ? null : Math.round(fixed.overshootMs);
  resumeCalls = Math.max(resumeCalls, ...wakes.map((wake) => wake.resumeCalls));
  const reads = Math.max(...wakes.map((wake) => wake.statusReads));
  statusReads = Math.max(statusReads, reads);
  say(
    `wake:  ${seconds} s resume, served ${overshoot[seconds]} ms after the database answers ` +
      `(median of ${ms.length}), ${reads} status reads at most; ` +
      `fixed delay: ${fixedDelay[seconds] === null ? "gave up" : `${fixedDelay[seconds]} ms`}`,
  );
}

say(JSON.stringify({
  overhead_ratio: Number(awake.ratio.toFixed(4)),
  overshoot_ms: overshoot,
  fixed_delay_overshoot_ms: fixedDelay,
  resume_calls: resumeCalls,
  status_reads: statusReads,
  herd: crowd,
  gzip_bytes: gzipBytes("src/hono/mod.ts"),
}));

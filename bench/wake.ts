/**
 * The figures of the README: `npm run bench:wake`. The last line is one JSON object.
 *
 * @module
 */
import process from "node:process";
import { figuresOf } from "./figures.ts";
import { herd } from "./herd.ts";
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
const figures = figuresOf({
  awake,
  lanes: measured,
  crowd,
  gzipBytes: gzipBytes("src/hono/mod.ts"),
});
for (const { seconds, wakes } of measured) {
  const fixedMs = figures.fixed_delay_overshoot_ms[seconds] ?? null;
  const reads = Math.max(...wakes.map(({ statusReads }) => statusReads));
  say(
    `wake:  ${seconds} s resume, served ${figures.overshoot_ms[seconds]} ms after the database ` +
      `answers (median of ${wakes.length}), ${reads} status reads at most; ` +
      `fixed delay: ${fixedMs === null ? "gave up" : `${fixedMs} ms`}`,
  );
}

say(JSON.stringify(figures));

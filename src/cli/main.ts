#!/usr/bin/env node
/**
 * The program `aura-wake`.
 *
 * @module
 */
import process from "node:process";
import { oldNode } from "./old-node.ts";
import { processIo } from "./process-io.ts";
import { run, tellFailure } from "./run.ts";

const { io, end } = processIo();

/** What nobody waited for failed: that is a mistake of ours, and still one line and no more. */
async function crash(error: unknown): Promise<void> {
  await end(await tellFailure(error, io));
}

process.on("uncaughtException", (error) => void crash(error));
process.on("unhandledRejection", (reason) => void crash(reason));
const outdated = oldNode(process.versions);
if (outdated === undefined) {
  await end(await run(io));
} else {
  io.stderr.write(`${outdated}\n`);
  await end(1);
}

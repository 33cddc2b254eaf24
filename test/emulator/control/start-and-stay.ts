// Run as a process of its own, which is killed: says where it is, and stays.
import process from "node:process";
import { startEmulator } from "../../../src/emulator/mod.ts";

const emulator = await startEmulator(JSON.parse(process.argv[2] ?? "{}"));
const env = Object.fromEntries(emulator.instances().map(({ id }) => [id, emulator.env(id)]));
process.stdout.write(`${JSON.stringify({ url: emulator.url, env })}\n`);

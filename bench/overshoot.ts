/**
 * From the moment at which the database answers to the first response: with `wake()`, and with a fixed delay.
 *
 * @module
 */
import { createAura } from "aura-wake";
import { ask, delay, startLocal, whenAnswering } from "./local.ts";

/** One wake, measured. */
export interface Overshoot {
  /** Null: gave up before the database answered. */
  readonly overshootMs: number | null;
  readonly resumeCalls: number;
  readonly statusReads: number;
}

const RESUME = /^POST \/v1\/instances\/\w+\/resume$/;
const READ = /^GET \/v1\/instances\/\w+$/;

/** Twenty requests meet a paused instance; the first response counts. */
export async function withWake(resumeSeconds: number): Promise<Overshoot> {
  const local = await startLocal("paused", resumeSeconds * 1_000, { holdMs: 120_000 });
  try {
    const answering = whenAnswering(local.emulator);
    const responses = Array.from({ length: 20 }, async () => {
      const response = await ask(local);
      if (response.status !== 200) throw new Error(`served ${response.status}`);
      return performance.now();
    });
    const first = await Promise.race(responses);
    await Promise.all(responses);
    return {
      overshootMs: first - await answering,
      resumeCalls: local.emulator.requests(RESUME).length,
      statusReads: local.emulator.requests(READ).length,
    };
  } finally {
    await local.close();
  }
}

/** What people write by hand: resume, wait 15 s, then try again after 2, 4 and 8 s. */
export async function withFixedDelay(resumeSeconds: number): Promise<Overshoot> {
  const local = await startLocal("paused", resumeSeconds * 1_000);
  const env = local.emulator.env();
  const aura = createAura({
    credentials: {
      clientId: String(env["AURA_CLIENT_ID"]),
      clientSecret: String(env["AURA_CLIENT_SECRET"]),
    },
    baseUrl: String(env["AURA_BASE_URL"]),
  });
  try {
    const answering = whenAnswering(local.emulator);
    await aura.instances.resume(String(env["AURA_INSTANCEID"]));
    let servedAt: number | null = null;
    for (const waitMs of [15_000, 2_000, 4_000, 8_000]) {
      await delay(waitMs);
      servedAt = await local.db.verifyConnectivity().then(() => performance.now(), () => null);
      if (servedAt !== null) break;
    }
    const overshootMs = servedAt === null ? null : servedAt - await answering;
    await answering;
    return { overshootMs, resumeCalls: 1, statusReads: 0 };
  } finally {
    await local.close();
  }
}

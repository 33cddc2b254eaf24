/**
 * The middleware: holds a request while its database wakes up, runs it again if it met the pause, and answers when neither
 * can be waited for.
 *
 * @module
 */
import type { Context, Env, MiddlewareHandler } from "hono";
import { systemClock } from "../system-clock.ts";
import { WakingError } from "../wake/errors.ts";
import { handledSoFar, wasHandled } from "../wake/handled.ts";
import type { Waker } from "../wake/waker.ts";
import { mark, markOf, refuse, type WakeMark } from "./answer.ts";
import { corsBelow, hasRoute, runBelow, targetOf } from "./downstream.ts";
import { createMount } from "./mount.ts";
import type { WakeEnv, WakeOptions } from "./options.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { RequestView } from "./request-view.ts";
import { rewindBody } from "./rewind-body.ts";
import { restore, type Snapshot, takeSnapshot } from "./snapshot.ts";

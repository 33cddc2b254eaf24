/**
 * Does anybody listen at the address?
 *
 * @module
 */
import { placeOf } from "./address.ts";
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";
import { onSocket, openPlain } from "./socket.ts";
import { statusRemedy } from "./status-remedy.ts";

/** Opens a connection and closes it again. */
export async function checkTcp(
  examination: Examination,
  signal: AbortSignal,
): Promise<Finding> {
  const { address } = examination.facts;
  if (address === undefined) return unchecked("there is no address");
  try {
    await onSocket<void>({
      open: () => openPlain(address),
      use: (socket, done) => void socket.once("connect", () => done()),
      signal,
    });
    return fine(`${placeOf(address)} accepts connections`);
  } catch (error) {
    signal.throwIfAborted();
    const text = textOf(error);
    const isRefused = /ECONNREFUSED|refused|FailedToOpenSocket/i.test(text);
    return wrong(
      isRefused
        ? `${placeOf(address)} refuses connections`
        : `cannot reach ${placeOf(address)}: ${text}`,
      statusRemedy(examination) ??
        (isRefused
          ? "check the port in NEO4J_URI, and that the database runs"
          : "check the network, firewalls and proxies on the way"),
    );
  }
}

/** Its code says more than its text, which runtimes word in their own ways. */
function textOf(error: unknown): string {
  const { code, message, errors } = Object(error) as NodeJS.ErrnoException & {
    errors?: readonly unknown[];
  };
  const inner = Array.isArray(errors) && errors.length > 0 ? textOf(errors[0]) : "";
  return inner || [code, message].filter(Boolean).join(" ");
}

/**
 * Does a server that speaks Bolt answer?
 *
 * @see https://neo4j.com/docs/bolt/current/bolt/handshake/
 * @module
 */
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";
import { onSocket, openPlain } from "./socket.ts";
import { statusRemedy } from "./status-remedy.ts";
import { lacksTls, openTls } from "./tls-check.ts";

/** "Bolt", then the versions that are offered: 5.8 down to 5.0, and 4.4. */
const HANDSHAKE = [0x60, 0x60, 0xb0, 0x17, 0, 8, 8, 5, 0, 0, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0];

/** Shakes hands, without signing in. */
export async function checkBolt(
  examination: Examination,
  signal: AbortSignal,
): Promise<Finding | undefined> {
  const { address } = examination.facts;
  if (address === undefined) return unchecked("there is no address");
  if (address.transport !== "bolt") return undefined;
  try {
    const answer = await onSocket<Uint8Array>({
      open: () => address.encrypted ? openTls(address) : openPlain(address),
      use(socket, done) {
        socket.once(address.encrypted ? "secureConnect" : "connect", () => {
          socket.write(Uint8Array.from(HANDSHAKE));
        });
        socket.once("data", (bytes: Uint8Array) => done(bytes));
      },
      signal,
    });
    return judge(answer);
  } catch (error) {
    signal.throwIfAborted();
    const { message } = Object(error) as Partial<Error>;
    return wrong(
      `no Bolt handshake: ${message}`,
      lacksTls(address)
        ? `use neo4j+s://${address.host}: Aura speaks Bolt over TLS only`
        : statusRemedy(examination) ??
          "check the port and whether the server wants neo4j+s://; one that has just started needs a minute",
    );
  }
}

function judge(answer: Uint8Array): Finding {
  if (new TextDecoder().decode(answer.subarray(0, 4)) === "HTTP") {
    return wrong(
      "an HTTP server answers there, not Bolt",
      "check the port; Bolt's is 7687, and https:// in NEO4J_URI means the Query API",
    );
  }
  const [, , minor = 0, major = 0] = answer;
  if (major === 0) {
    return wrong(
      "the server speaks no version of Bolt that is known here",
      "Bolt 4.4 to 5.8 are known: Neo4j 4.4 and later",
    );
  }
  return fine(`the server speaks Bolt ${major}.${minor}`);
}

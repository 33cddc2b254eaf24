/**
 * Is the connection encrypted, with a certificate that this machine trusts?
 *
 * @module
 */
import { isIP, type Socket } from "node:net";
import { connect } from "node:tls";
import { type Address, isAura } from "./address.ts";
import { type Finding, fine, unchecked, wrong } from "./check.ts";
import type { Examination } from "./examination.ts";
import { onSocket } from "./socket.ts";
import { statusRemedy } from "./status-remedy.ts";

/** What certificates are refused for; runtimes have their own words for the same. */
const TROUBLES: readonly (readonly [RegExp, string, string])[] = [
  [
    /CERT_HAS_EXPIRED|certificate has expired|Expired/i,
    "its certificate has expired",
    "check this machine's date; the rest is for whoever runs the host",
  ],
  [
    /CERT_NOT_YET_VALID|NotValidYet/i,
    "its certificate is not valid yet",
    "check this machine's date",
  ],
  [
    /ALTNAME_INVALID|NotValidForName|altnames|HOSTNAME_MISMATCH/i,
    "its certificate is for another name",
    "check the host in NEO4J_URI; an IP address or an alias does not do",
  ],
  [
    /SELF_SIGNED|self.signed|UNABLE_TO_|UnknownIssuer|CaUsedAsEndEntity|unknown ca/i,
    "its certificate is signed by nobody that this machine trusts",
    "a company proxy may stand between: give its certificate in NODE_EXTRA_CA_CERTS (Deno: DENO_CERT); " +
    "for a server of your own, use neo4j+ssc://",
  ],
  [
    /wrong.version|InvalidContentType|packet length|EPROTO|not.*TLS|corrupt/i,
    "it does not speak TLS there",
    "check the port; a server without TLS wants neo4j:// or bolt://",
  ],
];

/** Shakes hands as the driver would. */
export async function checkTls(
  examination: Examination,
  signal: AbortSignal,
): Promise<Finding> {
  const { address } = examination.facts;
  if (address === undefined) return unchecked("there is no address");
  if (!address.encrypted) return unchecked(`${address.scheme}:// is not encrypted`);
  try {
    await onSocket<void>({
      open: () => openTls(address),
      use: (socket, done) => void socket.once("secureConnect", () => done()),
      signal,
    });
    return fine(
      address.verified
        ? "encrypted, with a certificate that this machine trusts"
        : "encrypted; +ssc does not look at the certificate",
    );
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = Object(error) as NodeJS.ErrnoException;
    const text = [code, message].filter(Boolean).join(" ");
    const known = TROUBLES.find(([pattern]) => pattern.test(text));
    if (known !== undefined) return wrong(`${known[1]} (${code ?? message})`, known[2]);
    const isClosed = /ECONNRESET|disconnected|closed|eof/i.test(text);
    return wrong(
      isClosed
        ? "the connection was closed in the TLS handshake"
        : `the TLS handshake failed: ${text}`,
      statusRemedy(examination) ??
        "check the port: a server without TLS wants neo4j:// or bolt://; one that has just started needs a minute",
    );
  }
}

/** Opens an encrypted connection; whose certificate is looked at where the address says so. */
export function openTls(address: Address): Socket {
  const { host, port, verified } = address;
  return connect({
    host,
    port,
    rejectUnauthorized: verified,
    // An IP address is no name that a server could be asked for.
    ...(isIP(host) === 0 && { servername: host }),
  });
}

/** Whether an address wants encryption that its scheme does not give. */
export function lacksTls(address: Address): boolean {
  return !address.encrypted && isAura(address);
}

/**
 * An OAuth issuer on loopback, and tokens of its that are good, old, or for somebody else.
 *
 * @module
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import type { Canaries } from "./canaries.ts";

/** It. */
export interface Issuer extends AsyncDisposable {
  readonly url: string;
  sign(claims: Readonly<Record<string, unknown>>, expires?: string): Promise<string>;
}

/** Starts it. Each token is a secret. */
export async function startIssuer(canaries: Canaries): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwk = { ...await exportJWK(publicKey), kid: "one", alg: "ES256", use: "sig" };
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.setHeader("connection", "close");
    if (request.url === "/keys") response.end(JSON.stringify({ keys: [jwk] }));
    else response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    async sign(claims, expires = "5m") {
      const token = await new SignJWT({ sub: "anna", iss: url, ...claims })
        .setProtectedHeader({ alg: "ES256", kid: "one" }).setIssuedAt()
        .setExpirationTime(expires).sign(privateKey);
      canaries.learn("JWT", token);
      return token;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

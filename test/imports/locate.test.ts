import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findOrganization } from "../../src/imports/locate.ts";
import { client } from "../aura/client.ts";
import { refusal, type Responder, silence } from "../aura/fake-aura.ts";
import { ORGANIZATION, PROJECT } from "./setup.ts";

const OTHER = "aaaaaaaa-0000-4000-8000-000000000002";

/** An account: the projects of each organization, or what listing them fails with. */
function account(organizations: Record<string, readonly string[] | number>): Responder {
  return ({ path }) => {
    const [, , , id, rest] = path.split("/");
    if (id === undefined) {
      const data = Object.keys(organizations).map((id) => ({ id, name: `name of ${id.at(-1)}` }));
      return Response.json({ data });
    }
    const projects = organizations[id];
    if (rest !== "projects" || projects === undefined) return refusal(404);
    if (typeof projects === "number") return refusal(projects, "Access denied");
    return Response.json({ data: projects.map((id) => ({ id, name: "Staging" })) });
  };
}

describe("findOrganization", () => {
  test("findOrganization() asks all organizations at once", async () => {
    let now = 0;
    let most = 0;
    const answer = account({ a: [], b: [], c: [], [ORGANIZATION]: [PROJECT] });
    const { aura, clock } = client(async (seen, count) => {
      most = Math.max(most, ++now);
      await clock.sleep(100);
      now--;
      return await answer(seen, count);
    });
    assert.equal(await clock.until(findOrganization(aura, PROJECT)), ORGANIZATION);
    assert.equal(most, 4);
  });

  test("findOrganization() is content with the one that has it, whatever the others answer", async () => {
    const { aura } = client(account({ [OTHER]: 403, [ORGANIZATION]: [PROJECT] }));
    assert.equal(await findOrganization(aura, PROJECT), ORGANIZATION);
  });

  test("findOrganization() says which one may not be looked into", async () => {
    const { aura } = client(account({ [ORGANIZATION]: [], [OTHER]: 403 }));
    await assert.rejects(findOrganization(aura, PROJECT), {
      code: "AURA_API",
      status: 403,
      url: `https://api.neo4j.io/v2beta1/organizations/${OTHER}/projects`,
    });
  });

  test("findOrganization() says what the API key sees", async () => {
    const seen = `name of 2 (${OTHER}), name of 1 (${ORGANIZATION})`;
    const cases = [
      [{}, "the API key sees none"],
      [
        { [OTHER]: ["x"], [ORGANIZATION]: [] },
        `${seen} is all that the API key sees, without it`,
      ],
    ] as const;
    for (const [organizations, why] of cases) {
      const { aura } = client(account(organizations));
      await assert.rejects(findOrganization(aura, PROJECT), {
        code: "CONFIG_INCOMPLETE",
        message:
          `Cannot find the organization of project ${PROJECT}: ${why}; next: set AURA_ORGANIZATION_ID`,
      });
    }
  });

  test("findOrganization() ends when the caller leaves", async () => {
    const leaving = new AbortController();
    const answer = account({ [ORGANIZATION]: [PROJECT], [OTHER]: [] });
    const { aura } = client((seen, count) => {
      if (!seen.path.endsWith(`${OTHER}/projects`)) return answer(seen, count);
      queueMicrotask(() => leaving.abort(new Error("left")));
      return silence(seen.signal);
    });
    const { signal } = leaving;
    await assert.rejects(findOrganization(aura, PROJECT, { signal }), { message: "left" });
  });
});

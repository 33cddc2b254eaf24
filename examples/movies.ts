/**
 * A whole app. Runs on Bun (`bun examples/movies.ts`) and Deno (`deno serve -A examples/movies.ts`).
 *
 * @module
 */
import process from "node:process";
import { Hono } from "hono";
import { wake, type WakeVariables } from "aura-wake/hono";
import { connect, fromEnv } from "aura-wake/neo4j";

export const db = connect(fromEnv(process.env));

const app = new Hono<{ Variables: WakeVariables }>();
app.get("/health", (c) => c.json({ database: db.waker?.state })); // before wake(): never held
app.use(wake({ db }));

app.get("/people/:name/movies", async (c) => {
  const cypher = "MATCH (:Person {name: $name})-[:ACTED_IN]->(m:Movie) RETURN m.title AS title";
  return c.json(await c.var.aura.db.read(cypher, { name: c.req.param("name") }));
});

app.post("/movies", async (c) => {
  const { title } = await c.req.json<{ title: string }>();
  const cypher = "CREATE (m:Movie {title: $title}) RETURN m.title AS title";
  return c.json(await c.var.aura.db.write(cypher, { title }), 201);
});

export default app;

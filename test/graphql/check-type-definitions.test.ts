import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  checkTypeDefinitions,
  type TypeDefinitionCheck,
} from "../../src/graphql/check-type-definitions.ts";

async function check(text: string): Promise<TypeDefinitionCheck> {
  const found = await checkTypeDefinitions(text);
  assert.ok(found, "the package graphql is not installed");
  return found;
}

/** `line:column message` of each problem. */
async function problemsOf(text: string): Promise<string[]> {
  const { problems } = await check(text);
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("checkTypeDefinitions()", () => {
  test("finds nothing wrong in what the library's own documentation shows", async () => {
    const text = `
      type JWT @jwt { roles: [String!]! @jwtClaim(path: "app.roles") }
      interface Production @limit(default: 10, max: 100) { title: String! }
      type Movie implements Production
        @node(labels: ["Film"]) @plural(value: "films") @mutation(operations: [CREATE])
        @fulltext(indexes: [{ indexName: "MovieTitle", queryName: "movies", fields: ["title"] }])
        @authorization(validate: [{ where: { jwt: { roles: { includes: "admin" } } } }])
        @subscriptionsAuthorization(filter: [{ where: { node: { title: { eq: "a" } } } }]) {
        id: ID! @id @relayId
        title: String! @alias(property: "name") @settable(onUpdate: false) @sortable(byValue: true)
        seen: DateTime! @timestamp(operations: [CREATE])
        score: Int @default(value: 1) @coalesce(value: 0) @filterable(byAggregate: true)
        hidden: String @selectable(onRead: false) @deprecated(reason: "no")
        actors: [Actor!]! @relationship(type: "ACTED_IN", properties: "ActedIn", direction: IN)
        similar: [Movie!]! @cypher(statement: "RETURN 1 AS movie", columnName: "movie")
      }
      type ActedIn @relationshipProperties { roles: [String!]! }
      type Actor @node @authentication { name: String! @groupBy }
      scalar Url @specifiedBy(url: "https://example.com")
      extend schema @query(read: true) @subscription(events: [])
    `;
    assert.deepEqual(await check(text), { problems: [], isSubgraph: false });
  });

  test("tells where the syntax ends", async () => {
    assert.deepEqual(await problemsOf("type Movie @node {\n  title String\n}"), [
      '2:9 Syntax Error: Expected ":", found Name "String".',
    ]);
    assert.deepEqual(await problemsOf(" # nothing\n"), ["2:1 Syntax Error: Unexpected <EOF>."]);
  });

  test("names directives that do not exist, with what is close, in the order of the text", async () => {
    assert.deepEqual(
      await problemsOf(
        'type Movie @nod {\n  title: String @whatever\n  actors: [A!]! @relationshp(type: "A")\n} scalar A',
      ),
      [
        '1:12 Unknown directive "@nod"; did you mean "@node"?',
        '2:17 Unknown directive "@whatever"',
        '3:17 Unknown directive "@relationshp"; did you mean "@relationship"?',
      ],
    );
  });

  test("names types that do not exist, with what is close", async () => {
    assert.deepEqual(
      await problemsOf(
        "type Movie implements Prod @node {\n  title: Strng!\n  next(by: Ordr): [Moive!]!\n}\nunion Any = Movie | Actor",
      ),
      [
        '1:23 Unknown type "Prod"',
        '2:10 Unknown type "Strng"; did you mean "String"?',
        '3:12 Unknown type "Ordr"',
        '3:20 Unknown type "Moive"; did you mean "Movie"?',
        '5:21 Unknown type "Actor"',
      ],
    );
  });

  test("takes the types of the library, and those that it makes", async () => {
    const text = `
      type Movie @node {
        a: ID b: Int c: Float d: String e: Boolean f: BigInt g: Date h: Time i: LocalTime
        j: DateTime k: LocalDateTime l: Duration m: Point n: CartesianPoint
      }
      input Near { point: PointInput distance: PointDistance sort: SortDirection where: MovieWhere }
      type Query { near(near: Near!): [Movie!]! @cypher(statement: "RETURN 1 AS m", columnName: "m") }
      extend type Mutation { add(all: [MovieCreateInput!]!): CreateMoviesMutationResponse }
      extend type Late { name: String }
      enum Kind { ONE }
      type Found @node { kind: Kind late: Late }
      schema { query: Query mutation: Mutation }
    `;
    assert.deepEqual((await check(text)).problems, []);
    assert.deepEqual(await problemsOf("type Movie @node { next: ActorWhere }"), [
      '1:26 Unknown type "ActorWhere"',
    ]);
  });

  test("takes the types of Apollo Federation once it is linked", async () => {
    const use = "type Movie @node { set: FieldSet any: _Any own: federation__FieldSet }";
    const link = (types: string): string =>
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: [${types}]) ${use}`;
    assert.deepEqual((await check(link('"FieldSet"'))).problems, []);
    assert.equal((await check(link('{ name: "FieldSet", as: "Set" }'))).problems.length, 1);
    assert.equal((await check(use)).problems.length, 3);
  });

  test("says why what one may know from elsewhere is refused", async () => {
    assert.deepEqual(
      await problemsOf(
        'type Movie @node {\n  a: String @customResolver\n  b: String @populatedBy(callback: "c", operations: [CREATE])\n  c: ID @unique\n}',
      ),
      [
        '2:13 Directive "@customResolver" cannot be used: a Data API runs no code of yours; compute the field by @cypher',
        '3:13 Directive "@populatedBy" cannot be used: a Data API runs no code of yours; use @default, @id, @timestamp or @cypher',
        '4:9 Directive "@unique" cannot be used: version 7 of @neo4j/graphql has none; make a constraint in the database',
      ],
    );
  });

  test("takes directives that the definitions define themselves", async () => {
    assert.deepEqual(
      await problemsOf("directive @mine on OBJECT\ntype Movie @node @mine { title: String }"),
      [],
    );
  });

  test("refuses queries among type definitions", async () => {
    assert.deepEqual(await problemsOf("type Movie @node { title: String }\nquery { movies }"), [
      "2:1 Type definitions hold no queries, mutations or fragments",
    ]);
  });

  test("knows the directives of Apollo Federation once they are linked", async () => {
    const type = 'type Movie @node @key(fields: "id") { id: ID! @shareable }';
    assert.deepEqual(await problemsOf(type), [
      '1:18 Directive "@key" belongs to Apollo Federation: link to it as in ' +
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])',
      '1:47 Directive "@shareable" belongs to Apollo Federation: link to it as in ' +
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key"])',
    ]);
    const link = (imports: string): string =>
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports}])\n`;
    assert.deepEqual(await check(`${link('"@key", "@shareable"')}${type}`), {
      problems: [],
      isSubgraph: true,
    });
    assert.deepEqual(await problemsOf(`${link('"@key"')}${type}`), [
      '2:47 Directive "@shareable" is not imported: add it to the import of @link',
    ]);
    assert.deepEqual(
      await problemsOf(
        `${
          link('{ name: "@key", as: "@pk" }, "FieldSet"')
        }type A @node @pk(fields: "id") { id: ID! @federation__tag(name: "a") }`,
      ),
      [],
    );
    const [problem = ""] = await problemsOf(`${link('"@kye"')}type A @node { id: ID! }`);
    assert.match(
      problem,
      /^1:79 Unknown directive "@kye" of Apollo Federation; did you mean "@key"\?$/,
    );
  });

  test("takes no link to something else for a subgraph", async () => {
    const text =
      'extend schema @link(url: "https://specs.apollo.dev/link/v1.0")\ntype A @node { a: ID }';
    assert.deepEqual(await check(text), { problems: [], isSubgraph: false });
  });

  test("ends for what is nested without end, and for what is endless", async () => {
    const [deep = ""] = await problemsOf(`type A { a: ${"[".repeat(90_000)}`);
    assert.match(deep, /^\d+:\d+ (?:It is nested too deeply|Syntax Error: )/);
    const [long = ""] = await problemsOf(`type A { ${"a: ID ".repeat(40_000)}}`);
    assert.match(long, /^\d+:\d+ Syntax Error: .*100000 tokens/);
  });

  test("gives undefined where the package is not installed", async () => {
    assert.equal(await checkTypeDefinitions("type", () => Promise.resolve(undefined)), undefined);
  });
});

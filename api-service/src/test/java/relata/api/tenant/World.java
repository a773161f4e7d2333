package relata.api.tenant;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import relata.api.access.Keys;
import relata.api.testing.Database;
import relata.api.testing.Features;
import relata.api.testing.GraphServiceFake;

/**
 * A tenant with something of everything. Names are the same as every other's, but for one
 * collection; every text has a mark in it that no other tenant's has.
 */
final class World {
  /** A collection that every tenant has. */
  static final String SHARED = "notes";

  /** One whose chunks its client brings. */
  static final String GIVEN = "given";

  final String tenant = "t-" + UUID.randomUUID();
  final String mark = "mark-" + UUID.randomUUID();

  /** A collection that no other tenant has. */
  final String own = "own-" + UUID.randomUUID();

  final String key = Keys.make(tenant, "read", "write", "admin");

  /** One that is not needed. */
  final String spareKey = Keys.make(tenant, "read");

  final long generation;
  final long building;

  /** Keys of the documents in the shared collection. */
  final long first;

  final long second;

  World() {
    collection(SHARED, "{}");
    collection(own, "{}");
    collection(GIVEN, "{\"embed\":{\"source\":\"client\",\"dimension\":3}}");
    post("/v1/prompts", "{\"name\":\"p\",\"template\":\"%s {{document}}\"}".formatted(mark));
    generation = generation(SHARED);
    first = document(SHARED, "a");
    second = document(SHARED, "b");
    building = building(generation);
    derived(generation, first, second);
    derived(generation(own), document(own, "a"), document(own, "b"));
  }

  RequestSpecification caller() {
    return Keys.with(key);
  }

  String deadLetter() {
    return generation + "-" + second;
  }

  /** What graph-service answers about this tenant's documents, and by mistake about another's. */
  void graphAnswersWithDocumentsOf(World other) {
    String hit =
        """
        {"documentId":%d,"score":1,"semanticScore":0.5,"lexicalScore":1,
         "chunk":{"ordinal":0,"kind":"title","headingPath":["%s"],"text":"%s"}}""";
    String hits =
        hit.formatted(first, mark, mark) + "," + hit.formatted(other.first, other.mark, other.mark);
    reply("/search", "{\"mode\":\"hybrid\",\"semanticAvailable\":true,\"hits\":[" + hits + "]}");
    reply(
        "/documents/%d/neighbors".formatted(first),
        """
        {"documentId":%d,"version":1,"neighbors":[
          {"documentId":%d,"similarity":0.9,"chunk":0,"neighborChunk":0},
          {"documentId":%d,"similarity":0.9,"chunk":0,"neighborChunk":0}]}"""
            .formatted(first, second, other.first));
    reply(
        "/graph",
        """
        {"commit":4,"nodeCount":3,"edgeCount":1,"nodesOmitted":0,"edgesOmitted":0,
         "nodes":[{"documentId":%1$d,"degree":1},{"documentId":%2$d,"degree":1}],
         "edges":[{"lowId":%1$d,"highId":%2$d,"similarity":0.7,"lowChunk":0,"highChunk":0}]}"""
            .formatted(first, other.first));
    reply(
        "/graph/communities",
        """
        {"commit":4,"count":1,"modularity":0.4,"communitiesOmitted":0,"communities":[
          {"size":2,"edges":1,"members":[{"documentId":%d,"strength":0.75},
                                         {"documentId":%d,"strength":0.75}]}]}"""
            .formatted(first, other.first));
    reply(
        "/graph/path",
        """
        {"commit":4,"connected":true,"steps":[{"fromId":%d,"toId":%d,"similarity":0.75,
          "chunk":{"ordinal":0,"kind":"title","headingPath":["A"],"text":"A"},"toChunk":null}]}"""
            .formatted(first, second));
    reply(
        "/graph/export",
        """
        {"head":{"generation":%d,"commit":4,"nodeCount":2,"edgeCount":0}}
        {"nodes":[%d,%d]}
        {"end":true}
        """
            .formatted(generation, first, other.first));
  }

  /** A number that tells whether any row of the tenant is other than it was. */
  long fingerprint() {
    return Database.number(
        """
        with c as (select * from content.collection where tenant = ?),
             g as (select * from content.generation where collection_id in (select id from c)),
             rows as (
               select c::text as t from c union all select g::text from g
               union all select d::text from content.document d
                          where collection_id in (select id from c)
               union all select q::text from content.query q
                          where collection_id in (select id from c)
               union all select p::text from content.provided_chunk p
                          where generation_id in (select id from g)
               union all select p::text from content.prompt p where tenant = ?
               union all select (k.id, k.expires_at, k.revoked_at)::text from content.api_key k
                          where tenant = ?)
        select ('x' || left(md5(string_agg(t, '|' order by t)), 15))::bit(60)::bigint from rows""",
        tenant,
        tenant,
        tenant);
  }

  private void reply(String path, String body) {
    GraphServiceFake.reply("/internal/generations/" + generation + path, 200, body);
  }

  private void collection(String name, String recipe) {
    post("/v1/collections", "{\"name\":\"%s\",\"recipe\":%s}".formatted(name, recipe));
    for (String id : new String[] {"a", "b"}) {
      put(
          "/v1/collections/%s/documents/%s".formatted(name, id),
          """
          {"title":"%1$s","body":"%1$s","metadata":{"m":"%1$s"}}"""
              .formatted(mark));
    }
    put("/v1/collections/%s/queries/q".formatted(name), "{\"text\":\"%s\"}".formatted(mark));
  }

  private void derived(long from, long ready, long dead) {
    Features.state(from, ready, "ready");
    Features.chunks(from, ready, 2);
    Features.describe(from, ready, mark);
    Features.kill(from, dead, "timeout", mark);
    Database.execute(
        "update feature.chunk set tenant = ?, text = ? where generation_id = ?",
        tenant,
        mark,
        from);
    Database.execute(
        "update feature.description set tenant = ? where generation_id = ?", tenant, from);
    Database.execute(
        "insert into graph.node (generation_id, document_id, version) values (?, ?, 1)",
        from,
        ready);
  }

  private long generation(String collection) {
    return Database.number(
        """
        select g.id from content.generation g join content.collection c on c.id = g.collection_id
         where c.tenant = ? and c.name = ? and g.state = 'active'""",
        tenant,
        collection);
  }

  private long document(String collection, String id) {
    return Database.number(
        """
        select d.id from content.document d join content.collection c on c.id = d.collection_id
         where c.tenant = ? and c.name = ? and d.external_id = ?""",
        tenant,
        collection,
        id);
  }

  private static long building(long active) {
    return Database.number(
        """
        insert into content.generation (collection_id, state, recipe, recipe_fingerprint)
        select collection_id, 'building', jsonb_set(recipe, '{gate,switch}', '"manual"'),
               recipe_fingerprint
          from content.generation where id = ?
        returning id""",
        active);
  }

  private void post(String path, String body) {
    caller().contentType(ContentType.JSON).body(body).post(path).then().statusCode(201);
  }

  private void put(String path, String body) {
    caller().contentType(ContentType.JSON).body(body).put(path).then().statusCode(201);
  }
}

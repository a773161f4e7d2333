package relata.api.graph;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import relata.api.collection.FoundCollection;

/** How many documents of a collection are not linked in their current version. */
@Singleton
final class UnlinkedCount {
  private static final String COUNT =
      """
      select count(*) as pending
        from content.document d
        left join graph.node n on n.generation_id = $2 and n.document_id = d.id
       where d.collection_id = $1 and (n.version, n.request) is distinct from (d.version, d.request)
      """;

  private final Pool pool;

  UnlinkedCount(Pool pool) {
    this.pool = pool;
  }

  Uni<Long> of(FoundCollection collection) {
    return pool.preparedQuery(COUNT)
        .execute(Tuple.of(collection.id(), collection.generation()))
        .map(rows -> rows.iterator().next().getLong("pending"));
  }
}

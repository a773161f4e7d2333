package relata.api.feature;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import relata.api.collection.FoundCollection;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;
import relata.api.problem.ProblemType;

/** Finds the generation that a client brings chunks for. */
@Singleton
final class ClientGenerations {
  private static final String FIND =
      """
      select id, state, recipe #>> '{embed,source}' as source,
             (recipe #>> '{embed,dimension}')::int as dimension
        from content.generation
       where collection_id = $1
         and ($2::bigint is null and state in ('active', 'building') or id = $2)""";

  private static final Set<String> SERVED = Set.of("active", "building");

  private final Pool pool;

  ClientGenerations(Pool pool) {
    this.pool = pool;
  }

  private record Found(long id, String state, String source, Integer dimension) {
    boolean takesChunks() {
      return "client".equals(source);
    }

    ClientGeneration generation() {
      return new ClientGeneration(id, dimension);
    }
  }

  /**
   * The generation of this id, or the only one that takes chunks. Fails with 404 if there is none
   * of this id, and with 409 if it takes none.
   *
   * @param wanted null for the only one
   */
  Uni<ClientGeneration> of(FoundCollection collection, Long wanted) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(collection.id(), wanted))
        .map(ClientGenerations::all)
        .map(found -> wanted == null ? only(found) : named(collection, wanted, found));
  }

  private static List<Found> all(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(
            row ->
                new Found(
                    row.getLong("id"),
                    row.getString("state"),
                    row.getString("source"),
                    row.getInteger("dimension")))
        .toList();
  }

  private static ClientGeneration only(List<Found> found) {
    List<Found> taking = found.stream().filter(Found::takesChunks).toList();
    return switch (taking.size()) {
      case 0 ->
          throw refused(
              "No generation of this collection takes chunks: write a recipe with embed.source"
                  + " \"client\" and embed.dimension first.");
      case 1 -> taking.getFirst().generation();
      default ->
          throw refused(
              "Generations %s take chunks: name one with ?generation=."
                  .formatted(
                      String.join(
                          " and ", taking.stream().map(each -> "" + each.id()).sorted().toList())));
    };
  }

  private static ClientGeneration named(
      FoundCollection collection, long wanted, List<Found> found) {
    if (found.isEmpty()) {
      throw Generations.unknown(collection, wanted).exception();
    }
    Found generation = found.getFirst();
    if (!generation.takesChunks()) {
      throw refused(
          "Generation %d embeds with its model; only a recipe with embed.source \"client\" takes"
                  .formatted(wanted)
              + " chunks.");
    }
    if (!SERVED.contains(generation.state())) {
      throw refused(
          "Generation %d is %s; only one that is active or building takes chunks."
              .formatted(wanted, generation.state()));
    }
    return generation.generation();
  }

  private static ProblemException refused(String detail) {
    return Problem.of(ProblemType.TAKES_NO_CHUNKS, detail).exception();
  }
}

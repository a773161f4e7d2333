package relata.worker.generation;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.worker.claim.Staleness;
import relata.worker.database.Database;
import relata.worker.recent.Recent;

/**
 * Which generations a collection's documents are to have features under. Events know only the
 * collection, and thousands of them in a second ask the same; what is remembered is short-lived,
 * since a claim looks again, and a generation that is new says so by an event of its own.
 */
@Singleton
public final class ServedGenerations {
  private static final String READ =
      """
      select %s from content.generation g where g.collection_id = $1 and %s
       order by g.state, g.id
      """
          .formatted(Served.columns("g"), Staleness.served("g"));

  private record Known(List<Served> served, Instant until) {}

  private final Database database;
  private final Clock clock;
  private final GenerationConfig config;
  private final Recent<Long, Known> cache;

  ServedGenerations(Database database, Clock clock, GenerationConfig config) {
    this.database = database;
    this.clock = clock;
    this.config = config;
    this.cache = new Recent<>(config.cacheSize());
  }

  /** The collection's, the active one first; none when it is gone. */
  public List<Served> of(long collectionId) {
    Instant now = clock.instant();
    Optional<Known> known = cache.find(collectionId).filter(one -> now.isBefore(one.until()));
    if (known.isPresent()) {
      return known.get().served();
    }
    List<Served> served = new ArrayList<>();
    for (Row row : database.run(READ, Tuple.of(collectionId))) {
      served.add(Served.read(row));
    }
    cache.put(collectionId, new Known(List.copyOf(served), now.plus(config.servedFor())));
    return List.copyOf(served);
  }

  /** Something happened to one of them. */
  public void forget(long collectionId) {
    cache.remove(collectionId);
  }
}

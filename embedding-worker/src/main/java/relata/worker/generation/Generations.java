package relata.worker.generation;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import relata.worker.database.Database;
import relata.worker.recent.Recent;

/** Reads generations. A recipe never changes and an id is never used again, so they are cached. */
@Singleton
public final class Generations {
  private static final String READ =
      """
      select g.id, g.collection_id, c.tenant, g.recipe, g.recipe_fingerprint
        from content.generation g join content.collection c on c.id = g.collection_id
       where g.id = any($1::bigint[])
      """;

  private final Database database;
  private final Recent<Long, GenerationLookup> cache;

  Generations(Database database, GenerationConfig config) {
    this.database = database;
    this.cache = new Recent<>(config.cacheSize());
  }

  /** What is known of each of the ids. */
  public Map<Long, GenerationLookup> find(Collection<Long> ids) {
    Map<Long, GenerationLookup> found = new HashMap<>();
    Set<Long> missing = new TreeSet<>();
    for (Long id : ids) {
      cache.find(id).ifPresentOrElse(known -> found.put(id, known), () -> missing.add(id));
    }
    if (!missing.isEmpty()) {
      for (Row row : database.run(READ, Tuple.of(missing.toArray(Long[]::new)))) {
        GenerationLookup read = read(row);
        found.put(row.getLong(0), read);
        cache.put(row.getLong(0), read);
      }
      missing.forEach(id -> found.putIfAbsent(id, new GenerationLookup.Gone()));
    }
    return found;
  }

  /** What is known of the id. */
  public GenerationLookup find(long id) {
    return find(List.of(id)).get(id);
  }

  /** The generation as it was when it was read, if it was: it may be gone. */
  public Optional<Generation> remembered(long id) {
    return cache
        .find(id)
        .flatMap(
            lookup ->
                lookup instanceof GenerationLookup.Known(Generation generation)
                    ? Optional.of(generation)
                    : Optional.empty());
  }

  private static GenerationLookup read(Row row) {
    try {
      return new GenerationLookup.Known(
          new Generation(
              row.getLong(0),
              row.getLong(1),
              row.getString(2),
              RecipeJson.read((JsonObject) row.getJson(3)),
              row.getBuffer(4).getBytes()));
    } catch (IllegalArgumentException unreadable) {
      return new GenerationLookup.Unreadable(unreadable.getMessage());
    }
  }
}

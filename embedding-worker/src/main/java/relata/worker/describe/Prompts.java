package relata.worker.describe;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.Optional;
import relata.worker.database.Database;
import relata.worker.recent.Recent;
import relata.worker.recipe.Recipe;

/** Reads prompts. One never changes and is never deleted, so they are remembered. */
@Singleton
class Prompts {
  private static final String READ =
      """
      select sha256, template from content.prompt
       where name = $2 and (tenant is null or tenant = $1)
       order by tenant nulls first
      """;

  private record Key(String tenant, String name, String sha256) {}

  /** What is known of a prompt. */
  sealed interface Lookup {
    record Template(String text) implements Lookup {}

    /** One sentence for the user. */
    record Absent(String reason) implements Lookup {}
  }

  private final Database database;
  private final Recent<Key, Lookup.Template> known;

  Prompts(Database database, DescribeConfig config) {
    this.database = database;
    this.known = new Recent<>(config.promptCacheSize());
  }

  /** The template that the recipe was made with: by its name, and with its hash. */
  Lookup find(String tenant, Recipe.Describe recipe) {
    Key key = new Key(tenant, recipe.prompt(), recipe.promptSha256());
    Optional<Lookup.Template> template = known.find(key);
    return template.isPresent() ? template.get() : read(key);
  }

  private Lookup read(Key key) {
    Optional<String> other = Optional.empty();
    for (Row row : database.run(READ, Tuple.of(key.tenant(), key.name()))) {
      String sha256 = HexFormat.of().formatHex(row.getBuffer(0).getBytes());
      if (sha256.equals(key.sha256())) {
        Lookup.Template template = new Lookup.Template(row.getString(1));
        known.put(key, template);
        return template;
      }
      other = Optional.of(sha256);
    }
    return new Lookup.Absent(
        other
            .map(
                sha256 ->
                    "The prompt %s has the SHA-256 %s, but the recipe was made with %s: PUT the"
                            .formatted(key.name(), sha256, key.sha256())
                        + " collection's recipe again.")
            .orElseGet(
                () ->
                    "There is no prompt %s: POST it to /v1/prompts with the SHA-256 %s, or PUT a"
                            .formatted(key.name(), key.sha256())
                        + " recipe with another prompt."));
  }
}

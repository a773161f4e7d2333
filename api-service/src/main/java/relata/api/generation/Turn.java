package relata.api.generation;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import relata.api.collection.FoundCollection;
import relata.api.generation.GenerationState.Active;
import relata.api.generation.GenerationState.Building;
import relata.api.generation.GenerationState.Cancelled;
import relata.api.generation.GenerationState.Failed;
import relata.api.generation.GenerationState.Retired;
import relata.api.outbox.OutboxEvent;
import relata.api.outbox.OutboxInsert;
import relata.api.resolution.ResolvedRecipe;
import relata.api.tenant.Tenant;

/**
 * A transaction in which nobody else changes the generations of the collection. Every change of a
 * state writes an event, so that the others need not find it by themselves.
 */
public record Turn(SqlConnection connection, FoundCollection collection, Generations generations) {
  private static final String INSERT =
      """
      insert into content.generation
             (collection_id, state, recipe, recipe_fingerprint, written, aliases)
      values ($1, 'building', $2::text::jsonb, $3, $4::text::jsonb, $5::text::jsonb)
      returning id""";

  /** What is building since when stands in retired_at for one that was served before. */
  private static final String MOVE =
      """
      update content.generation
         set state = $2, paused = $3, erase_after = $4, failure = $6,
             activated_at = case when $2 = 'active' then now() else activated_at end,
             retired_at   = case when $2 = 'retired' then coalesce(retired_at, now())
                                 when $2 = 'building' and $5 then now()
                                 when $2 = 'building' then retired_at
                            end
       where id = $1""";

  private static final String REWRITE =
      """
      update content.generation
         set recipe = $2::text::jsonb, written = $3::text::jsonb, aliases = $4::text::jsonb
       where id = $1""";

  /** Makes a building generation; there must be none. Gives its id. */
  public Uni<Long> make(ResolvedRecipe resolved) {
    Tuple values =
        Tuple.tuple()
            .addLong(collection.id())
            .addString(resolved.recipe().json())
            .addValue(Buffer.buffer(resolved.recipe().fingerprint()))
            .addString(resolved.written())
            .addString(resolved.aliasesJson());
    return connection
        .preparedQuery(INSERT)
        .execute(values)
        .map(rows -> rows.iterator().next().getLong("id"))
        .call(this::announce);
  }

  /** Writes the state that a generation goes to. */
  Uni<Void> move(Generation generation, GenerationState to) {
    boolean isPaused = to instanceof Building building && building.isPaused();
    Instant eraseAfter =
        switch (to) {
          case Building _, Active _ -> null;
          case Retired retired -> retired.eraseAfter();
          case Cancelled _, Failed _ -> Instant.now();
        };
    Tuple values =
        Tuple.tuple()
            .addLong(generation.id())
            .addString(to.text())
            .addBoolean(isPaused)
            .addOffsetDateTime(eraseAfter == null ? null : utc(eraseAfter))
            .addBoolean(!(generation.state() instanceof Building))
            .addString(to instanceof Failed failed ? failed.reason() : null);
    return connection.preparedQuery(MOVE).execute(values).chain(() -> announce(generation.id()));
  }

  /**
   * Ends what is building, if anything is, to make room for another.
   *
   * @param eraseAfter until when it is kept if it was active before
   */
  public Uni<Void> endBuilding(Instant eraseAfter) {
    for (Generation generation : generations.all()) {
      if (generation.state() instanceof Building building) {
        return move(generation, building.cancelled(eraseAfter));
      }
    }
    return Uni.createFrom().voidItem();
  }

  /** Writes a recipe that makes the same as the one that the generation has. */
  public Uni<Void> rewrite(Generation generation, ResolvedRecipe resolved) {
    Tuple values =
        Tuple.of(
            generation.id(), resolved.recipe().json(), resolved.written(), resolved.aliasesJson());
    return connection.preparedQuery(REWRITE).execute(values).replaceWithVoid();
  }

  private Uni<Void> announce(long generation) {
    OutboxEvent event = OutboxEvent.generation(Tenant.current(), collection.id(), generation);
    return OutboxInsert.insert(connection, List.of(event));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}

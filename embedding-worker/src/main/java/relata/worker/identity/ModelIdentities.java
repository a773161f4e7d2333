package relata.worker.identity;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;
import relata.worker.catalog.Installed;
import relata.worker.catalog.ListedModel;
import relata.worker.catalog.Listing;
import relata.worker.database.Database;
import relata.worker.recent.Recent;

/**
 * The models that generations' features come from. One that was exchanged under its name, by its
 * digest or by the dimension of its vectors, is noticed here, before its features mix with the old
 * one's. What was recorded never changes, so that it is remembered, and the server's digests are at
 * most as old as its list of models: usually nobody is asked.
 */
@Singleton
public final class ModelIdentities {
  private static final String READ =
      """
      select model, digest, dimension from feature.generation_model
       where generation_id = $1 and purpose = $2
      """;

  /** Whoever is first; vectors that were stored before anything was recorded count as recorded. */
  private static final String RECORD =
      """
      insert into feature.generation_model (generation_id, purpose, model, digest, dimension)
      select g.id, $2, $3, $4,
             case when $2 = 'embed'
                  then coalesce(
                         (select dimension from feature.chunk where generation_id = g.id limit 1),
                         $5) end
        from content.generation g
       where g.id = $1 and (g.erase_after is null or g.erase_after > now())
      on conflict (generation_id, purpose) do nothing
      """;

  private record Key(long generationId, Purpose purpose) {}

  private record Named(long generationId, Purpose purpose, String model) {
    static Named of(ModelIdentity identity) {
      return new Named(identity.generationId(), identity.purpose(), identity.model());
    }
  }

  private final Database database;
  private final Installed installed;
  private final Recent<Key, ModelIdentity> recorded;

  ModelIdentities(Database database, Installed installed, IdentityConfig config) {
    this.database = database;
    this.installed = installed;
    this.recorded = new Recent<>(config.cacheSize());
  }

  /** The model as it was recorded, if it still is that one; the server's before anything was. */
  public IdentityCheck check(long generationId, Purpose purpose, String model) {
    Optional<ModelIdentity> before = recorded(generationId, purpose);
    return compare(before, new Named(generationId, purpose, model), installed.recent());
  }

  /**
   * The same, for what is about to be recorded: that stays for ever, so that it must not come from
   * a list of before the model was exchanged.
   */
  public IdentityCheck meet(long generationId, Purpose purpose, String model) {
    Optional<ModelIdentity> before = recorded(generationId, purpose);
    return compare(
        before,
        new Named(generationId, purpose, model),
        before.isPresent() ? installed.recent() : installed.now());
  }

  /**
   * Records what answered for a generation, unless that was done before: then it is compared.
   *
   * @param answered with the dimension of its vectors, if it makes any
   */
  public IdentityCheck confirm(ModelIdentity answered) {
    // The call may have taken minutes, in which the model was exchanged.
    if (!answered.digest().isEmpty()
        && compare(Optional.of(answered), Named.of(answered), installed.recent())
            instanceof IdentityCheck.Changed changed) {
      return changed;
    }
    Optional<ModelIdentity> before = cached(answered.generationId(), answered.purpose());
    if (before.isEmpty()) {
      record(answered);
      before = recorded(answered.generationId(), answered.purpose());
    }
    // Without a row the generation is gone, and nothing of it will be stored.
    return before.orElse(answered).compare(answered);
  }

  private void record(ModelIdentity answered) {
    database.run(
        RECORD,
        Tuple.of(
            answered.generationId(),
            answered.purpose().id(),
            answered.model(),
            answered.digest(),
            answered.dimension().isPresent() ? answered.dimension().getAsInt() : null));
  }

  /** With what the server said last, if it cannot be asked now. */
  private IdentityCheck compare(Optional<ModelIdentity> before, Named named, Listing listing) {
    Listing.Models models =
        listing instanceof Listing.Models listed ? listed : installed.lastKnown();
    ModelIdentity now =
        new ModelIdentity(
            named.generationId(),
            named.purpose(),
            named.model(),
            models.find(named.model()).map(ListedModel::digest).orElse(""),
            OptionalInt.empty());
    return before.orElse(now).compare(now);
  }

  private Optional<ModelIdentity> cached(long generationId, Purpose purpose) {
    return recorded.find(new Key(generationId, purpose));
  }

  private Optional<ModelIdentity> recorded(long generationId, Purpose purpose) {
    Optional<ModelIdentity> known = cached(generationId, purpose);
    if (known.isPresent()) {
      return known;
    }
    for (Row row : database.run(READ, Tuple.of(generationId, purpose.id()))) {
      Integer dimension = row.getInteger(2);
      ModelIdentity read =
          new ModelIdentity(
              generationId,
              purpose,
              row.getString(0),
              row.getString(1),
              dimension == null ? OptionalInt.empty() : OptionalInt.of(dimension));
      recorded.put(new Key(generationId, purpose), read);
      return Optional.of(read);
    }
    return Optional.empty();
  }
}

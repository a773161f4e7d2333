package relata.worker.embed;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.worker.database.Database;
import relata.worker.identity.Fingerprint;
import relata.worker.model.Embedding;

/** The vectors that are stored already. */
@Singleton
class KnownVectors {
  /** One row for each: a common heading may be stored ten thousand times. */
  private static final String FIND =
      """
      select wanted.fingerprint, known.dimension, known.vector
        from unnest($2::bytea[]) as wanted (fingerprint)
       cross join lateral (
             select dimension, vector from feature.chunk c
              where c.tenant = $1 and c.fingerprint = wanted.fingerprint
              limit 1) known
      """;

  private final Database database;
  private final EmbedConfig config;

  KnownVectors(Database database, EmbedConfig config) {
    this.database = database;
    this.config = config;
  }

  /** The tenant's vectors with these fingerprints, as far as there are any. */
  Map<Fingerprint, Embedding> find(String tenant, Collection<Fingerprint> fingerprints) {
    Map<Fingerprint, Embedding> known = new HashMap<>();
    List<Buffer> wanted =
        fingerprints.stream().map(wantedOne -> Buffer.buffer(wantedOne.bytes())).toList();
    for (List<Buffer> page : Pages.of(wanted, config.lookupSize())) {
      for (Row row :
          database.run(
              FIND, Tuple.tuple().addValue(tenant).addValue(page.toArray(Buffer[]::new)))) {
        known.put(
            Fingerprint.stored(row.getBuffer(0).getBytes()),
            new Embedding(row.getInteger(1), row.getBuffer(2).getBytes()));
      }
    }
    return known;
  }
}

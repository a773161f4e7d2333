package relata.worker.describe;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import relata.worker.database.Database;
import relata.worker.identity.Fingerprint;

/** The descriptions that were written, whether or not they are served yet. */
@Singleton
class StoredDescriptions {
  private static final String FIND =
      """
      select wanted.fingerprint, known.text
        from unnest($2::bytea[]) as wanted (fingerprint)
       cross join lateral (
             select text from feature.description d
              where d.tenant = $1 and d.fingerprint = wanted.fingerprint
              limit 1) known
      """;

  /**
   * Behind the claim: an erase takes the state row first, so that it either sees this row or keeps
   * it from being written.
   */
  private static final String KEEP =
      """
      with mine as (
        select s.generation_id, s.document_id
          from feature.document_state s
          join content.generation g on g.id = s.generation_id
          join content.document d on d.id = s.document_id
         where s.generation_id = $2 and s.document_id = $3
           and s.claim = $1 and s.state = 'processing'
           for share of s)
      insert into feature.description (generation_id, document_id, fingerprint, tenant, text,
                                       model, prompt, prompt_sha256)
      select generation_id, document_id, $4, $5, $6, $7, $8, $9 from mine
      on conflict do nothing
      """;

  private final Database database;
  private final DescribeConfig config;

  StoredDescriptions(Database database, DescribeConfig config) {
    this.database = database;
    this.config = config;
  }

  /** The tenant's descriptions with these fingerprints, as far as there are any. */
  Map<Fingerprint, String> find(String tenant, Collection<Fingerprint> fingerprints) {
    Map<Fingerprint, String> found = new HashMap<>();
    List<Buffer> wanted = new ArrayList<>();
    fingerprints.forEach(fingerprint -> wanted.add(Buffer.buffer(fingerprint.bytes())));
    for (int from = 0; from < wanted.size(); from += config.lookupSize()) {
      int to = Math.min(wanted.size(), from + config.lookupSize());
      Buffer[] page = wanted.subList(from, to).toArray(Buffer[]::new);
      for (Row row : database.run(FIND, Tuple.tuple().addValue(tenant).addValue(page))) {
        found.put(Fingerprint.stored(row.getBuffer(0).getBytes()), row.getString(1));
      }
    }
    return found;
  }

  /** Keeps a description that is not served yet, if the claim still holds. */
  void keep(UUID claim, Subject subject, Description description) {
    database.run(
        KEEP,
        Tuple.tuple()
            .addValue(claim)
            .addValue(subject.generation().id())
            .addValue(subject.document().documentId())
            .addValue(Buffer.buffer(description.fingerprint().bytes()))
            .addValue(subject.generation().tenant())
            .addValue(description.text())
            .addValue(description.recipe().model())
            .addValue(description.recipe().prompt())
            .addValue(Buffer.buffer(HexFormat.of().parseHex(description.recipe().promptSha256()))));
  }
}

package relata.worker.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import relata.worker.database.Transaction;
import relata.worker.describe.Description;

/** Writes descriptions, and takes away what they replace. */
final class DescriptionRows {
  /** One that was kept when it was written is there already. */
  private static final String INSERT =
      """
      insert into feature.description (generation_id, document_id, fingerprint, tenant, text,
                                       model, prompt, prompt_sha256)
      select * from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::text[], $5::text[],
                           $6::text[], $7::text[], $8::bytea[])
      on conflict do nothing
      """;

  private static final String CLEAR =
      """
      delete from feature.description k
       using unnest($1::bigint[], $2::bigint[], $3::bytea[])
          as o (generation_id, document_id, fingerprint)
       where k.generation_id = o.generation_id and k.document_id = o.document_id
         and k.fingerprint is distinct from o.fingerprint
      """;

  private DescriptionRows() {}

  /** The fingerprint of each document's description; null where there is none. */
  static Buffer[] fingerprints(List<DocumentFeatures> documents) {
    return documents.stream()
        .map(
            document ->
                document
                    .description()
                    .map(description -> Buffer.buffer(description.fingerprint().bytes()))
                    .orElse(null))
        .toArray(Buffer[]::new);
  }

  /** Makes them the only ones of their documents. */
  static void replace(Transaction transaction, List<DocumentFeatures> all) {
    List<DocumentFeatures> documents =
        all.stream().filter(each -> each.generation().recipe().describe().isPresent()).toList();
    if (documents.isEmpty()) {
      return;
    }
    transaction.send(
        CLEAR,
        Tuple.tuple()
            .addValue(column(documents, each -> each.generation().id(), Long[]::new))
            .addValue(column(documents, each -> each.document().documentId(), Long[]::new))
            .addValue(fingerprints(documents)));
    List<DocumentFeatures> described =
        documents.stream().filter(each -> each.description().isPresent()).toList();
    transaction.send(
        INSERT,
        Tuple.tuple()
            .addValue(column(described, each -> each.generation().id(), Long[]::new))
            .addValue(column(described, each -> each.document().documentId(), Long[]::new))
            .addValue(fingerprints(described))
            .addValue(column(described, each -> each.generation().tenant(), String[]::new))
            .addValue(column(described, each -> of(each).text(), String[]::new))
            .addValue(column(described, each -> of(each).recipe().model(), String[]::new))
            .addValue(column(described, each -> of(each).recipe().prompt(), String[]::new))
            .addValue(
                column(
                    described,
                    each ->
                        Buffer.buffer(HexFormat.of().parseHex(of(each).recipe().promptSha256())),
                    Buffer[]::new)));
  }

  private static Description of(DocumentFeatures features) {
    return features.description().orElseThrow();
  }

  private static <T> T[] column(
      List<DocumentFeatures> rows, Function<DocumentFeatures, T> value, IntFunction<T[]> array) {
    return rows.stream().map(value).toArray(array);
  }
}

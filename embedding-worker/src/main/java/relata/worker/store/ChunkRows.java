package relata.worker.store;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import relata.worker.database.Transaction;

/** Writes chunks, many to a statement. */
final class ChunkRows {
  /** Bounds a statement to a few MB, with vectors of 1024 components. */
  private static final int PAGE = 500;

  /** Arrays of arrays must be rectangular, so a path travels as one text. */
  private static final char SEPARATOR = '\u001F';

  private static final String INSERT =
      """
      insert into feature.chunk (generation_id, document_id, ordinal, kind, heading_path, text,
                                 tenant, fingerprint, dimension, vector)
      select generation_id, document_id, ordinal, kind, string_to_array(heading_path, E'\\x1F'),
             text, tenant, fingerprint, dimension, vector
        from unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::bytea[], $9::int[], $10::bytea[])
          as c (generation_id, document_id, ordinal, kind, heading_path, text,
                tenant, fingerprint, dimension, vector)
      """;

  private record Row(DocumentFeatures document, int ordinal, StoredChunk stored) {}

  private ChunkRows() {}

  static void insert(Transaction transaction, List<DocumentFeatures> documents) {
    List<Row> rows = new ArrayList<>();
    for (DocumentFeatures document : documents) {
      for (int ordinal = 0; ordinal < document.chunks().size(); ordinal++) {
        rows.add(new Row(document, ordinal, document.chunks().get(ordinal)));
      }
    }
    int from = 0;
    // One page at a time is on its way: a large document has many.
    for (; rows.size() - from > PAGE; from += PAGE) {
      transaction.run(INSERT, values(rows.subList(from, from + PAGE)));
    }
    if (from < rows.size()) {
      transaction.send(INSERT, values(rows.subList(from, rows.size())));
    }
  }

  private static Tuple values(List<Row> rows) {
    return Tuple.tuple()
        .addValue(column(rows, row -> row.document().document().generationId(), Long[]::new))
        .addValue(column(rows, row -> row.document().document().documentId(), Long[]::new))
        .addValue(column(rows, Row::ordinal, Integer[]::new))
        .addValue(column(rows, row -> row.stored().chunk().kind().id(), String[]::new))
        .addValue(column(rows, row -> path(row.stored().chunk().headingPath()), String[]::new))
        .addValue(column(rows, row -> row.stored().chunk().text(), String[]::new))
        .addValue(column(rows, row -> row.document().generation().tenant(), String[]::new))
        .addValue(
            column(rows, row -> Buffer.buffer(row.stored().fingerprint().bytes()), Buffer[]::new))
        .addValue(column(rows, row -> row.stored().embedding().dimension(), Integer[]::new))
        .addValue(
            column(rows, row -> Buffer.buffer(row.stored().embedding().values()), Buffer[]::new));
  }

  private static String path(List<String> headings) {
    StringBuilder path = new StringBuilder();
    for (String heading : headings) {
      if (!path.isEmpty()) {
        path.append(SEPARATOR);
      }
      path.append(heading.replace(SEPARATOR, ' '));
    }
    return path.toString();
  }

  private static <T> T[] column(
      List<Row> rows, Function<Row, T> value, java.util.function.IntFunction<T[]> array) {
    return rows.stream().map(value).toArray(array);
  }
}

package relata.local.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Documents, queries, and which documents people found relevant to which query.
 *
 * @param source for a person: where it came from and how its judgements were read
 * @param queries in the order of their file
 */
record JudgedCollection(String source, Documents documents, List<JudgedQuery> queries) {
  /** May be read again and again, so that no more than one of them has to be in memory. */
  @FunctionalInterface
  interface Documents {
    void read(Consumer<JudgedDocument> documents) throws IOException;
  }

  JudgedCollection {
    queries = List.copyOf(queries);
  }

  /**
   * Reads the queries and judgements of a folder; the documents when they are asked for.
   *
   * @param qrels which file of judgements, without {@code .tsv}; empty: {@code test}, or the only
   *     one
   * @throws JudgementException naming the file and the line that cannot be read
   */
  static JudgedCollection in(Path folder, Optional<String> qrels) throws IOException {
    if (Files.exists(folder.resolve(CranfieldFolder.QUERIES))) {
      return CranfieldFolder.read(folder);
    }
    if (Files.exists(folder.resolve(BeirFolder.CORPUS))) {
      return BeirFolder.read(folder, qrels);
    }
    throw new JudgementException(
        folder
            + " has neither "
            + BeirFolder.CORPUS
            + " (BEIR) nor "
            + CranfieldFolder.QUERIES
            + " (Cranfield).");
  }

  /** Those that can be measured. */
  List<JudgedQuery> judged() {
    return queries.stream().filter(JudgedQuery::hasRelevant).toList();
  }
}

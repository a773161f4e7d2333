package relata.local.eval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import relata.local.client.RelataClient;
import relata.local.process.DirectoryTree;

/**
 * How good the answers of a running Relata are for queries of which people judged the answers, in
 * its three modes and beside Lucene's BM25. Hybrid searches are measured with the weights that were
 * tuned on one half of the queries, and with equal ones if those are others.
 */
public final class Evaluation {

  private final JudgedCollection collection;
  private final String source;

  private Evaluation(JudgedCollection collection, Path folder) {
    this.collection = collection;
    this.source = folder.getFileName() + " (" + collection.source() + ")";
  }

  /**
   * Reads what was judged.
   *
   * @param folder of the Cranfield collection, or in BEIR's layout
   * @param qrels which of several files of judgements, without {@code .tsv}
   * @throws IllegalArgumentException naming the file and the line that cannot be read
   */
  public static Evaluation of(Path folder, Optional<String> qrels) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    JudgedCollection collection = JudgedCollection.in(absolute, qrels);
    if (collection.judged().size() < Half.values().length) {
      throw new JudgementException(folder + " has judgements of fewer than two queries.");
    }
    return new Evaluation(collection, absolute);
  }

  /**
   * Imports the documents, asks all queries, and measures the answers.
   *
   * @param name of the collection in Relata; made with the recipe if it is not there
   * @param recipe what is not to be the default
   * @param messages gets what is being done
   */
  public EvaluationResult run(
      RelataClient client, String name, ObjectNode recipe, Consumer<String> messages)
      throws IOException, InterruptedException {
    SearchedCollection searched = new SearchedCollection(client, name, messages);
    searched.fill(collection.documents(), recipe);
    List<JudgedQuery> queries = collection.judged();
    messages.accept("Tuning the weights of hybrid searches on half of the queries.");
    List<JudgedQuery> tuned = Half.TUNING.of(queries);
    Tuning tuning = Tuning.on(tuned, weights -> searched.ask(tuned, "tuning", "hybrid", weights));
    messages.accept("Asking %d queries.".formatted(queries.size()));
    List<Rankings> claimed = new ArrayList<>();
    claimed.add(searched.ask(queries, "hybrid", "hybrid", tuning.taken()));
    if (!tuning.taken().equals(Weights.EQUAL)) {
      claimed.add(searched.ask(queries, "hybrid-equal", "hybrid", Weights.EQUAL));
    }
    List<Rankings> others =
        List.of(
            searched.ask(queries, "semantic", "semantic", Weights.EQUAL),
            searched.ask(queries, "lexical", "lexical", Weights.EQUAL),
            baseline("bm25-english", new EnglishAnalyzer(), queries),
            baseline("bm25-standard", new StandardAnalyzer(), queries));
    return new EvaluationResult(
        source,
        searched.recipe(),
        collection.queries().size() - queries.size(),
        tuning,
        Stream.of(Half.values())
            .map(half -> HalfResult.of(half, queries, claimed, others))
            .toList());
  }

  private Rankings baseline(String system, Analyzer analyzer, List<JudgedQuery> queries)
      throws IOException {
    Path folder = DirectoryTree.temporary("relata-eval-bm25-");
    try (PlainBm25 index = PlainBm25.of(collection.documents(), analyzer, folder)) {
      List<List<String>> rankings = new ArrayList<>();
      for (JudgedQuery query : queries) {
        rankings.add(index.search(query.text(), Measure.DEPTH));
      }
      return new Rankings(system, rankings);
    } finally {
      DirectoryTree.delete(folder);
    }
  }
}

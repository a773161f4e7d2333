package relata.graph.bench;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import relata.graph.generation.Generation;
import relata.graph.generation.IndexKind;
import relata.graph.generation.Revision;
import relata.graph.generation.SharedStore;
import relata.graph.generation.SharedStores;
import relata.graph.generation.StoredFeatures;
import relata.graph.neighbor.Neighbor;
import relata.graph.opensearch.OpenSearchConfig;
import relata.graph.opensearch.OpenSearchStores;
import relata.graph.text.Language;
import relata.graph.text.TextChunk;
import relata.graph.text.TextDocument;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;
import relata.graph.vector.VectorIndex;
import relata.graph.vector.VectorIndex.Hit;

/** What a collection costs in a cluster of OpenSearch, held against an index in the process. */
final class OpenSearchRun {
  /** What takes two nodes on a small machine half a minute to write. */
  private static final int MOST = 10_000;

  private static final long GENERATION = 1;
  private static final long TURN = 1;
  private static final long FIRST_NEW = 3_000_000_000L;
  private static final int LIMIT = 10;
  private static final int WARM_UP = 50;
  private static final int SEARCHES = 300;
  private static final int SINGLES = 30;
  private static final int BATCH = 64;
  private static final int BATCHES = 5;

  private final SyntheticVectors data;
  private final float[][] vectors;
  private final Figures figures;
  private final double threshold;
  private long nextId = FIRST_NEW;
  private double similar;
  private int wrong;

  OpenSearchRun(SyntheticVectors data, int count, Figures figures) {
    this.data = data;
    this.figures = figures;
    vectors = data.vectors(0, Math.min(count, MOST));
    threshold = EdgeThreshold.of(vectors);
  }

  /**
   * @param url of the cluster, of several nodes separated by commas
   */
  void measure(String url) {
    SharedStores stores = OpenSearchStores.of(config(url));
    SharedStore store =
        stores.open(
            new Generation(GENERATION, 1, "", IndexKind.OPENSEARCH, Language.EN, threshold, LIMIT));
    store.create(true);
    write(store);
    try (Loaded exact = new Loaded()) {
      exact.fill(vectors);
      search(store.vectors(), exact.index);
      compare(store.vectors(), exact.index);
    }
    stores.erase(GENERATION);
  }

  private static OpenSearchConfig config(String url) {
    return new SmallRyeConfigBuilder()
        .withMapping(OpenSearchConfig.class)
        .addDiscoveredConverters()
        .withDefaultValue("relata.opensearch.url", url)
        // Whatever the cluster has of a service stays.
        .withDefaultValue("relata.opensearch.prefix", "relata-bench")
        .build()
        .getConfigMapping(OpenSearchConfig.class);
  }

  /** As commits write it, each of which wants to find what it wrote. */
  private void write(SharedStore store) {
    long start = System.nanoTime();
    for (int from = 0; from < vectors.length; from += EdgesRun.AT_A_TIME) {
      int to = Math.min(from + EdgesRun.AT_A_TIME, vectors.length);
      store.write(TURN, IntStream.range(from, to).mapToObj(this::features).toList(), List.of());
    }
    figures.add("opensearch.write", vectors.length / Figures.seconds(start), "documents/s");
  }

  private StoredFeatures features(int id) {
    String title = "Document " + id;
    TextChunk chunk = new TextChunk(0, "paragraph", List.of(title), "Something about " + id);
    return new StoredFeatures(
        id,
        new Revision(1, 0),
        1,
        new TextDocument(id, List.of(chunk)),
        Optional.of(Loaded.document(id, vectors[id])));
  }

  private void search(VectorIndex index, VectorIndex exact) {
    float[][] queries = data.vectors(2_000_000_000, SEARCHES);
    for (int i = 0; i < WARM_UP; i++) {
      var unused = index.nearest(queries[i], LIMIT);
    }
    long[] nanos = new long[SEARCHES];
    int found = 0;
    for (int i = 0; i < SEARCHES; i++) {
      long start = System.nanoTime();
      List<Hit> hits = index.nearest(queries[i], LIMIT);
      nanos[i] = System.nanoTime() - start;
      Set<Hit> right = new HashSet<>(exact.nearest(queries[i], LIMIT));
      right.retainAll(hits);
      found += right.size();
    }
    figures.add("opensearch.recall", found / (double) (SEARCHES * LIMIT), "share");
    figures.add("opensearch.p50", Figures.percentile(nanos, 0.5) / 1e6, "ms");
    figures.add("opensearch.p99", Figures.percentile(nanos, 0.99) / 1e6, "ms");
  }

  /** What the edges of changed documents take: each is compared with all. */
  private void compare(VectorIndex index, VectorIndex exact) {
    figures.add("opensearch.change", compare(index, exact, 1, SINGLES), "ms");
    figures.add("opensearch.change.batch", compare(index, exact, BATCH, BATCHES), "ms");
    figures.add("opensearch.change.each", similar / (nextId - FIRST_NEW), "documents");
    figures.add("opensearch.change.wrong", wrong, "documents");
  }

  /** Milliseconds that each of some takes that are compared together. */
  private double compare(VectorIndex index, VectorIndex exact, int together, int times) {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      List<DocumentVectors> documents = new ArrayList<>();
      while (documents.size() < together) {
        documents.add(Loaded.document(nextId, data.vector(nextId)));
        nextId++;
      }
      long start = System.nanoTime();
      List<Matches> found = index.matches(documents, threshold, id -> true);
      nanos[i] = System.nanoTime() - start;
      List<Matches> right = exact.matches(documents, threshold, id -> true);
      for (int j = 0; j < together; j++) {
        similar += found.get(j).size();
        wrong += neighbors(found.get(j)).equals(neighbors(right.get(j))) ? 0 : 1;
      }
    }
    return Figures.percentile(nanos, 0.5) / 1e6 / together;
  }

  private static Set<Neighbor> neighbors(Matches matches) {
    return IntStream.range(0, matches.size())
        .mapToObj(i -> new Neighbor(matches.otherId(i), matches.similarity(i), 0, 0))
        .collect(Collectors.toSet());
  }
}

package relata.graph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Arguments: how many vectors, their dimension, what to measure ({@code build}, {@code search},
 * {@code tune}, {@code changes}, {@code edges}, {@code network}, {@code resident}, {@code
 * opensearch}) separated by commas, and {@code peer} or {@code alone}. {@code
 * RELATA_OPENSEARCH_URL} says where the cluster of the last part is.
 */
public final class GraphBench {
  private GraphBench() {}

  /** Lucene, and whatever else is on the class path. */
  private static List<SearchPeer> peers() {
    List<SearchPeer> peers = new ArrayList<>();
    peers.add(new LucenePeer());
    ServiceLoader.load(SearchPeer.class).forEach(peers::add);
    return peers;
  }

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    int dimension = Integer.parseInt(arguments[1]);
    List<String> parts = Arrays.asList(arguments[2].split(",", -1));
    boolean withPeer = arguments[3].equals("peer");
    Figures figures = new Figures(System.out);
    if (parts.contains("network")) {
      new NetworkRun(count, figures).measure();
    }
    if (parts.contains("resident")) {
      resident(count, dimension, figures);
    }
    if (parts.contains("opensearch")) {
      new OpenSearchRun(new SyntheticVectors(dimension), count, figures)
          .measure(System.getenv("RELATA_OPENSEARCH_URL"));
    }
    if (!List.of("network", "resident", "opensearch").containsAll(parts)) {
      engine(count, dimension, parts, withPeer, figures);
    }
  }

  private static void resident(int count, int dimension, Figures figures) throws IOException {
    Path folder = Files.createTempDirectory("relata-bench-");
    try {
      new ResidentRun(count, dimension, figures).measure(folder);
    } finally {
      // Its files have no names.
      Files.deleteIfExists(folder);
    }
  }

  private static void engine(
      int count, int dimension, List<String> parts, boolean withPeer, Figures figures)
      throws Exception {
    SyntheticVectors data = new SyntheticVectors(dimension);
    float[][] vectors = data.vectors(0, count);
    if (parts.contains("build")) {
      Loaded.measure(vectors, figures);
    }
    try (Loaded loaded = new Loaded()) {
      loaded.fill(vectors);
      if (parts.contains("build")) {
        new SnapshotRun(loaded.index, data, figures).measure();
      }
      if (parts.contains("search")) {
        new SearchRun(loaded.index, vectors, data, figures).measure(withPeer ? peers() : List.of());
      }
      if (parts.contains("tune")) {
        new TuneRun(loaded.index, data, figures).measure();
      }
      if (parts.contains("edges")) {
        new EdgesRun(loaded.index, vectors, figures).measure(data);
      }
      if (parts.contains("changes")) {
        new ChangeRun(loaded.index, data, count, figures).measure();
      }
    }
  }
}

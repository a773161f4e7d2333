package relata.graph.opensearch;

import relata.graph.generation.SharedStores;

/** Lets a test have stores of its own. */
public final class OpenSearchForTests {
  private OpenSearchForTests() {}

  public static SharedStores stores(OpenSearchConfig config) {
    return new OpenSearchStores(new OpenSearchClient(config), config);
  }
}

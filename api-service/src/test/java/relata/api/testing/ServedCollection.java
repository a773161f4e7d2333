package relata.api.testing;

import org.junit.jupiter.api.BeforeEach;

/**
 * Tests of generations begin with this: a collection of two documents, a and b, whose first
 * generation is active and whole, and a graph-service that finds generations alike.
 */
public abstract class ServedCollection {
  protected static final String FEWER_EDGES = "{\"edges\":{\"maxNeighbors\":3}}";

  protected String collection;
  protected GenerationCalls calls;
  protected long first;

  @BeforeEach
  void collectionWithTwoDocuments() {
    Comparisons.answer(1);
    collection = Collections.create();
    Collections.put(collection, "a", "A");
    Collections.put(collection, "b", "B");
    calls = new GenerationCalls(collection);
    first = Database.generation(collection);
    Made.all(first);
  }
}

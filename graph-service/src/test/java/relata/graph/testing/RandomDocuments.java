package relata.graph.testing;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Changes documents at random: few different numbers, so that ties and duplicates are common. */
public final class RandomDocuments {
  private static final int DIMENSION = 4;

  private final Fixture fixture;
  private final Fixture.Generation generation;
  private final Random random;
  private final int documents;
  private long version;

  public RandomDocuments(Fixture fixture, Fixture.Generation generation, int documents, long seed) {
    this.fixture = fixture;
    this.generation = generation;
    this.documents = documents;
    random = new Random(seed);
  }

  /** Stores, skips and erases some documents, and returns which. */
  public Set<Long> change(int count) throws SQLException {
    Set<Long> changed = new HashSet<>();
    for (int i = 0; i < count; i++) {
      long documentId = 1 + random.nextInt(documents);
      changed.add(documentId);
      version++;
      switch (random.nextInt(8)) {
        case 0 -> fixture.erase(generation, documentId);
        case 1 -> fixture.store(generation, documentId, version);
        default -> fixture.store(generation, documentId, version, vectors());
      }
    }
    return changed;
  }

  private float[][] vectors() {
    float[][] vectors = new float[1 + random.nextInt(3)][DIMENSION];
    for (float[] vector : vectors) {
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] = random.nextInt(5) - 2;
      }
    }
    return vectors;
  }
}

package relata.worker.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.worker.model.Embedding;

class QueryVectorsTest {
  private final QueryVectors recent = new QueryVectors(2);
  private final Embedding vector = Embedding.of(new float[] {1});

  @Test
  void theLeastRecentlyAskedForIsForgotten() {
    recent.remember(1, "a", vector);
    recent.remember(1, "b", vector);
    recent.find(1, "a");
    recent.remember(1, "c", vector);
    assertEquals(Optional.of(vector), recent.find(1, "a"));
    assertEquals(Optional.empty(), recent.find(1, "b"));
    assertEquals(Optional.of(vector), recent.find(1, "c"));
  }

  @Test
  void generationsDoNotShare() {
    recent.remember(1, "a", vector);
    assertEquals(Optional.empty(), recent.find(2, "a"));
  }
}

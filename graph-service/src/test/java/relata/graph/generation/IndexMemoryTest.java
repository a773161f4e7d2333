package relata.graph.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import relata.graph.engine.SketchIndex;
import relata.graph.text.Language;
import relata.graph.text.LuceneIndex;

class IndexMemoryTest {
  private static final int DOCUMENTS = 10_000;

  private final Map<Long, Kept> kept = new HashMap<>();
  private final List<Long> unloaded = new ArrayList<>();

  @Test
  void whatWouldNotFitEvenAloneLeavesTheOthersWhereTheyAre() {
    long each = keep(1);
    assertEquals(each, keep(2));
    IndexMemory memory = limitedTo(3 * each);
    assertThrows(MemoryTakenException.class, () -> memory.reserve(9, 4 * each));
    assertEquals(List.of(), unloaded);
  }

  @Test
  void onlyAsManyMakeRoomAsHaveTo() {
    long each = keep(1);
    assertEquals(each, keep(2));
    limitedTo(3 * each).reserve(9, 2 * each);
    assertEquals(List.of(1L), unloaded);
  }

  private IndexMemory limitedTo(long bytes) {
    return new IndexMemory(
        kept,
        id -> {
          kept.remove(id);
          unloaded.add(id);
        },
        Optional.of(bytes),
        Duration.ZERO);
  }

  /** One with so many documents that have nothing in them; gives what it takes. */
  private long keep(long id) {
    Map<Long, Long> marks = new ConcurrentHashMap<>();
    for (long document = 0; document < DOCUMENTS; document++) {
      marks.put(document, 1L);
    }
    GenerationIndex index =
        new GenerationIndex(
            new Generation(id, 1, "default", IndexKind.EMBEDDED, Language.EN, 0.6, 10),
            new SmallRyeConfigBuilder()
                .withMapping(GenerationConfig.class)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(GenerationConfig.class),
            new SavedGeneration(
                marks,
                new SketchIndex(Optional.empty(), Runnable::run),
                new LuceneIndex(Language.EN)));
    Kept one = new Kept();
    one.loaded(Optional.of(index));
    kept.put(id, one);
    return index.memoryBytes();
  }
}

package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import relata.graph.vector.DocumentVectors;

/**
 * A document is found whole, as it was at one moment of the look, whatever is written meanwhile.
 */
class LookingUpBesideWritersTest {
  private static final int CHANGES = 1_000;
  private static final int DOCUMENTS = 4;

  /** More than a segment has room for, so that a look takes as long as some changes do. */
  private static final int CHUNKS = 200;

  /** Copying so many takes longer than erasing what was copied from: it would be noticed. */
  private static final int DIMENSION = 768;

  private static final long SECONDS = 60;

  private final AtomicInteger begun = new AtomicInteger(DOCUMENTS - 1);
  private final AtomicInteger ended = new AtomicInteger(DOCUMENTS - 1);
  private final AtomicBoolean isWritten = new AtomicBoolean();
  private final Looks looks = new Looks();
  private final AtomicInteger besideAChange = new AtomicInteger();

  @Test
  void aDocumentIsFoundWhole() throws Exception {
    List<String> wrong;
    try (ExecutorService threads = Executors.newFixedThreadPool(2);
        ExecutorService upkeep = Executors.newSingleThreadExecutor()) {
      SketchIndex index =
          new SketchIndex(Optional.empty(), upkeep, SketchIndexTest.SMALL, Kernels.best());
      for (int change = 0; change < DOCUMENTS; change++) {
        index.apply(List.of(document(change)), List.of());
      }
      Future<List<String>> looking = threads.submit(() -> look(index));
      threads.submit(() -> write(index)).get(SECONDS, TimeUnit.SECONDS);
      wrong = looking.get(SECONDS, TimeUnit.SECONDS);
    }
    assertEquals(List.of(), wrong);
    assertTrue(besideAChange.get() > 0, "nothing was changed while somebody looked");
  }

  @Test
  void nobodyWaitsForAWriter() throws Exception {
    SketchIndex index =
        new SketchIndex(Optional.empty(), Runnable::run, SketchIndexTest.SMALL, Kernels.best());
    index.apply(List.of(document(1)), List.of());
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      // All that is written is written by whoever holds the index.
      synchronized (index) {
        Future<Map<Long, DocumentVectors>> found = threads.submit(() -> index.vectors(List.of(1L)));
        assertArrayEquals(
            document(1).values(), found.get(SECONDS, TimeUnit.SECONDS).get(1L).values());
        float[] query = document(1).vector(0);
        assertEquals(
            1, threads.submit(() -> index.nearest(query, 2)).get(SECONDS, TimeUnit.SECONDS).size());
        assertEquals(
            1,
            threads
                .submit(() -> index.matches(List.of(document(2)), 0, id -> true).getFirst().size())
                .get(SECONDS, TimeUnit.SECONDS));
      }
    }
  }

  /** As a change leaves it: which one stands in it. */
  private static DocumentVectors document(int change) {
    int[] ordinals = new int[CHUNKS];
    Arrays.setAll(ordinals, i -> i);
    float[] values = new float[CHUNKS * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(change, i);
    }
    return new DocumentVectors(change % DOCUMENTS, DIMENSION, ordinals, values);
  }

  private static float value(int change, int index) {
    return index == 0
        ? change
        : (1 + Math.floorMod(7_919 * index + 104_729 * change, 1_009)) / 1e3f;
  }

  private void write(SketchIndex index) {
    try {
      for (int change = DOCUMENTS; change < CHANGES; change++) {
        DocumentVectors document = document(change);
        looks.awaitNext();
        begun.set(change);
        index.apply(List.of(document), List.of());
        ended.set(change);
      }
    } finally {
      isWritten.set(true);
    }
  }

  /** What was not as it should be. */
  private List<String> look(SketchIndex index) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; !isWritten.get(); i++) {
      long id = i % DOCUMENTS;
      int before = ended.get();
      looks.begin();
      DocumentVectors found = index.vectors(List.of(id)).get(id);
      int after = begun.get();
      if (after > before) {
        besideAChange.incrementAndGet();
      }
      if (!isWhole(id, found, before, after)) {
        wrong.add("document %d between changes %d and %d".formatted(id, before, after));
      }
    }
    return wrong;
  }

  private static boolean isWhole(long id, DocumentVectors found, int before, int after) {
    if (found == null) {
      return false;
    }
    float[] values = found.values();
    int change = (int) values[0];
    int oldest = before - Math.floorMod(before - (int) id, DOCUMENTS);
    return change >= oldest
        && change <= after
        && change % DOCUMENTS == id
        && values.length == CHUNKS * DIMENSION
        && IntStream.range(0, values.length).allMatch(at -> values[at] == value(change, at));
  }
}

package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.VectorIndex;

/** Every answer is that of one state there was between its question and itself. */
class ReadersBesideWritersTest {
  private static final int CHANGES = 300;
  private static final int DOCUMENTS = 400;
  private static final int READERS = 2;
  private static final int LIMIT = 5;
  private static final int MOST_ANSWERS = 1_000;
  private static final long SECONDS = 120;

  /** Before each change and after the last. */
  private final List<NaiveVectors> states = new ArrayList<>();

  private final List<Map<Long, DocumentVectors>> puts = new ArrayList<>();
  private final List<List<Long>> removals = new ArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Looks looks = new Looks();
  private final AtomicBoolean isWritten = new AtomicBoolean();

  private record Answer(float[] query, List<VectorIndex.Hit> hits, int first, int last) {}

  @Test
  void answersAreOfOneState() throws Exception {
    Clusters clusters = new Clusters(48, 6, 5);
    plan(new Random(3), clusters);
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      queries.add(clusters.vector());
    }
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
        ExecutorService upkeep = Executors.newSingleThreadExecutor()) {
      SketchIndex index =
          new SketchIndex(Optional.empty(), upkeep, SketchIndexTest.SMALL, Kernels.best());
      List<Future<List<Answer>>> readers = new ArrayList<>();
      for (int reader = 0; reader < READERS; reader++) {
        Callable<List<Answer>> reading = () -> read(index, queries);
        readers.add(threads.submit(reading));
      }
      Future<?> writer = threads.submit(() -> write(index));
      writer.get(SECONDS, TimeUnit.SECONDS);
      for (Future<List<Answer>> reader : readers) {
        answers.addAll(reader.get(SECONDS, TimeUnit.SECONDS));
      }
    }
    assertTrue(answers.stream().anyMatch(answer -> answer.last() > answer.first()));
    for (Answer answer : answers) {
      assertTrue(isOfOneState(answer), () -> "no state has " + answer);
    }
  }

  private void plan(Random random, Clusters clusters) {
    Map<Long, DocumentVectors> present = new TreeMap<>();
    keep(present);
    for (int change = 0; change < CHANGES; change++) {
      Map<Long, DocumentVectors> put = new TreeMap<>();
      List<Long> removed = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        long id = random.nextInt(DOCUMENTS);
        if (random.nextInt(3) > 0) {
          put.put(id, clusters.document(id, 1));
        } else if (!put.containsKey(id)) {
          removed.add(id);
        }
      }
      removed.removeAll(put.keySet());
      puts.add(put);
      removals.add(removed);
      present.putAll(put);
      present.keySet().removeAll(removed);
      keep(present);
    }
  }

  private void keep(Map<Long, DocumentVectors> present) {
    NaiveVectors state = new NaiveVectors();
    state.documents().putAll(present);
    states.add(state);
  }

  private void write(SketchIndex index) {
    try {
      for (int change = 0; change < CHANGES; change++) {
        looks.awaitNext();
        begun.incrementAndGet();
        index.apply(puts.get(change).values(), removals.get(change));
        ended.incrementAndGet();
      }
    } finally {
      isWritten.set(true);
    }
  }

  /** Of the many answers the last ones of each state that was begun with are kept. */
  private List<Answer> read(SketchIndex index, List<float[]> queries) {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; !isWritten.get(); i++) {
      float[] query = queries.get(i % queries.size());
      int first = ended.get();
      looks.begin();
      List<VectorIndex.Hit> hits = index.nearest(query, LIMIT);
      Answer answer = new Answer(query, hits, first, begun.get());
      if (answers.size() < MOST_ANSWERS) {
        answers.add(answer);
      } else {
        answers.set(i % MOST_ANSWERS, answer);
      }
    }
    return answers;
  }

  private boolean isOfOneState(Answer answer) {
    for (int state = answer.first(); state <= answer.last(); state++) {
      if (states.get(state).nearest(answer.query(), LIMIT, id -> true).equals(answer.hits())) {
        return true;
      }
    }
    return false;
  }
}

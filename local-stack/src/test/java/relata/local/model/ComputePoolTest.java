package relata.local.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComputePoolTest {

  private final ComputePool pool = new ComputePool(2, 10);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void resultsAreInTheOrderOfTheInputs() throws Exception {
    List<Integer> inputs = IntStream.range(0, 1_000).boxed().toList();

    assertEquals(inputs.stream().map(i -> i * i).toList(), pool.each(inputs, i -> i * i));
    assertEquals(List.of(), pool.each(List.of(), i -> i));
  }

  @Test
  void noMoreThanItsThreadsComputeAtTheSameTime() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    pool.each(
        IntStream.range(0, 500).boxed().toList(),
        i -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.yield();
          return running.decrementAndGet();
        });

    assertTrue(most.get() <= 2, most.toString());
  }

  @Test
  void asManyRequestsAsItIsMadeForFitAtTheSameTime() throws Exception {
    List<Integer> inputs = IntStream.range(0, 300).boxed().toList();
    try (ExecutorService requests = Executors.newFixedThreadPool(10)) {
      List<Future<List<Integer>>> answers = new ArrayList<>();
      for (int request = 0; request < 100; request++) {
        answers.add(requests.submit(() -> pool.each(inputs, i -> i + 1)));
      }
      for (Future<List<Integer>> answer : answers) {
        assertEquals(300, answer.get().size());
      }
    }
  }

  /** On a thread alone: with two, the other may be through before the failure is thrown. */
  @Test
  void failureEndsTheWorkAndIsThrown() {
    AtomicInteger computed = new AtomicInteger();

    try (ComputePool alone = new ComputePool(1, 10)) {
      IllegalArgumentException failure =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  alone.each(
                      IntStream.range(0, 10_000).boxed().toList(),
                      i -> {
                        if (i == 5) {
                          throw new IllegalArgumentException("text 5");
                        }
                        return computed.incrementAndGet();
                      }));

      assertEquals("text 5", failure.getMessage());
    }
    assertEquals(5, computed.get());
  }

  @Test
  void smallRequestDoesNotWaitForTheWholeOfALargeOne() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch smallIsDone = new CountDownLatch(1);
    CompletableFuture<List<Integer>> large =
        CompletableFuture.supplyAsync(() -> waiting(begun, smallIsDone));
    begun.await();

    assertEquals(List.of(2), pool.each(List.of(1), i -> i + 1));

    smallIsDone.countDown();
    assertEquals(100, large.get().size());
  }

  /** The large request cannot end before the small one has been served. */
  private List<Integer> waiting(CountDownLatch begun, CountDownLatch smallIsDone) {
    try {
      return pool.each(
          IntStream.range(0, 100).boxed().toList(),
          i -> {
            begun.countDown();
            try {
              if (i == 99) {
                smallIsDone.await();
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return i;
          });
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

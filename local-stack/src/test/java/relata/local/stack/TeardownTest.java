package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TeardownTest {
  private final Teardown teardown = new Teardown();
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesInReverseOrderAndOnlyOnce() {
    open("first");
    open("second");
    teardown.close();
    teardown.close();
    assertEquals(List.of("second", "first"), closed);
  }

  @Test
  void aFailureDoesNotKeepTheOthersOpenAndTheFirstIsReported() {
    open("first");
    teardown.open(() -> "bad", name -> fail("bad"));
    teardown.open(() -> "worse", name -> fail("worse"));
    IllegalStateException failure = assertThrows(IllegalStateException.class, teardown::close);
    assertEquals("worse", failure.getMessage());
    assertEquals(List.of("first"), closed);
  }

  @Test
  void whatIsBeingOpenedDuringAShutdownIsClosedToo() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    Thread shutdown = Thread.ofPlatform().unstarted(teardown::close);
    Thread start =
        Thread.ofPlatform()
            .start(
                () ->
                    teardown.open(
                        () -> {
                          shutdown.start();
                          opening.countDown();
                          return "late";
                        },
                        closed::add));
    opening.await();
    start.join();
    shutdown.join();
    assertEquals(List.of("late"), closed);
  }

  @Test
  void nothingIsOpenedOnceItIsClosing() {
    teardown.close();
    assertThrows(StackException.class, () -> open("too late"));
    assertThrows(StackException.class, () -> teardown.whileOpen(() -> closed.add("restarted")));
    assertEquals(List.of(), closed);
  }

  private void open(String name) {
    teardown.open(() -> name, closed::add);
  }

  private static void fail(String words) {
    throw new IllegalStateException(words);
  }
}

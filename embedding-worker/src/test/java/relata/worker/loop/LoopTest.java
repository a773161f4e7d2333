package relata.worker.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Logger LOG = Logger.getLogger(Loop.class.getName());

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger turns = new AtomicInteger();
  private final Handler listening =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            said.add(line.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(listening);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(listening);
  }

  @Test
  void itGoesOnWhateverATurnMeets() throws Exception {
    Loop loop =
        loop(
            () ->
                switch (turns.incrementAndGet()) {
                  case 1 -> throw new IllegalStateException("a bug");
                  case 2 -> throw new StackOverflowError("too deep");
                  case 3 -> throw new IOException("away");
                  case 4 -> throw new InterruptedException("somebody's mark that was left behind");
                  default -> false;
                });
    loop.start();
    assertTrue(loop.join(Duration.ofSeconds(10)));
    assertEquals(5, turns.get());
  }

  @Test
  void whatItMeetsAgainAndAgainIsSaidOnceUntilATurnGoesWell() throws Exception {
    Loop loop =
        loop(
            () -> {
              int turn = turns.incrementAndGet();
              if (turn != 4 && turn < 8) {
                throw new IOException("away");
              }
              return turn < 8;
            });
    loop.start();
    assertTrue(loop.join(Duration.ofSeconds(10)));
    assertEquals(2, said.size(), said::toString);
    assertTrue(
        said.getFirst().contains("nothing done reason=\"IOException: away\""), said::toString);
  }

  @Test
  void itEndsInTheMiddleOfAWaitAndSaysNothing() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Loop loop =
        loop(
            () -> {
              turns.incrementAndGet();
              never.await();
              return true;
            });
    loop.start();
    await().until(() -> turns.get() == 1);
    loop.stop();
    assertTrue(loop.join(Duration.ofSeconds(10)));
    assertEquals(1, turns.get());
    assertEquals(List.of(), said);
  }

  @Test
  void itEndsInTheMiddleOfAPause() throws Exception {
    Loop loop =
        new Loop(
            "test",
            "nothing done",
            Duration.ofHours(1),
            () -> {
              turns.incrementAndGet();
              throw new IllegalStateException("a bug");
            });
    loop.start();
    await().until(() -> said.size() == 1);
    loop.stop();
    assertTrue(loop.join(Duration.ofSeconds(10)));
    assertEquals(1, turns.get());
  }

  @Test
  void turnsThatFailAreNoTurns() throws Exception {
    Loop loop =
        loop(
            () -> {
              turns.incrementAndGet();
              throw new IllegalStateException("a bug");
            });
    loop.start();
    Duration before = loop.sinceTurn();
    await().until(() -> turns.get() > 5);
    assertTrue(loop.sinceTurn().compareTo(before) > 0);
    loop.stop();
    loop.join();
  }

  private static Loop loop(Loop.Step step) {
    return new Loop("test", "nothing done", PAUSE, step);
  }
}

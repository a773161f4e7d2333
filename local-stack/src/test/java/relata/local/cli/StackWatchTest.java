package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import relata.local.cli.StackWatch.Watched;

class StackWatchTest {
  private static final Path LOG = Path.of("logs", "nats.log");

  @Test
  void whatEndsIsToldOnceWithWhatToDo() {
    AtomicBoolean running = new AtomicBoolean(true);
    StackWatch watch =
        new StackWatch(
            List.of(
                new Watched("nats-server", LOG, running::get),
                new Watched("api-service", LOG, () -> true)));
    assertEquals(List.of(), watch.endedSince());
    running.set(false);
    assertEquals(
        List.of(
            "nats-server has ended, and is not started again: Ctrl-C, then start anew. Its log: "
                + LOG),
        watch.endedSince());
    assertEquals(List.of(), watch.endedSince());
  }
}

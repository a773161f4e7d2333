package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackfillViewTest {
  private static final String WHY = "note-1: Model x is not on the model server";

  private final StringWriter out = new StringWriter();
  private Optional<String> reason = Optional.of(WHY);
  private long now;

  @Test
  void saysOnceWhyItDoesNotGetFurther() {
    try (BackfillView view = view()) {
      view.at(step(1, 3));
      pass(9);
      view.at(step(1, 3));
      assertFalse(out.toString().contains(WHY), "too early");
      pass(1);
      view.at(step(1, 3));
      assertTrue(out.toString().contains(WHY), out.toString());
      pass(60);
      view.at(step(1, 3));
    }
    assertEquals(out.toString().indexOf(WHY), out.toString().lastIndexOf(WHY), out.toString());
  }

  @Test
  void asksAgainAsLongAsTheReasonIsNotKnown() {
    BackfillView view = view();
    reason = Optional.empty();
    view.at(step(0, 3));
    pass(10);
    view.at(step(0, 3));
    reason = Optional.of(WHY);
    pass(5);
    view.at(step(0, 3));
    assertTrue(out.toString().contains(WHY), out.toString());
  }

  @Test
  void saysNothingAsLongAsItGetsFurther() {
    try (BackfillView view = view()) {
      for (int done = 0; done <= 3; done++) {
        view.at(step(done, 3));
        pass(10);
      }
    }
    assertFalse(out.toString().contains(WHY), out.toString());
  }

  @Test
  void withNothingStaleThatIsAllThatItSays() {
    try (BackfillView view = view()) {
      view.at(step(0, 0));
    }
    assertEquals("Nothing is stale.", out.toString().strip());
  }

  private BackfillView view() {
    return new BackfillView(() -> reason, () -> now, new PrintWriter(out, true));
  }

  private void pass(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private static BackfillProgress step(long done, long total) {
    return new BackfillProgress(done, total, "0.0/s", "unknown", total - done, 0);
  }
}

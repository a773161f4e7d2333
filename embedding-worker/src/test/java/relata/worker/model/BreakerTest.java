package relata.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Breaker breaker = new Breaker(config(), clock(), new SimpleMeterRegistry());

  @Test
  void itIsOpenForAsLongAsTheServerAsked() {
    breaker.learn(busy(Duration.ofSeconds(7)));
    assertTrue(breaker.isOpen());
    assertEquals(Duration.ofSeconds(7), breaker.untilClosed());
    now = now.plusSeconds(7);
    assertFalse(breaker.isOpen());
  }

  @Test
  void noServerKeepsItOpenForEverAndNoneMakesABusyLoop() {
    breaker.learn(busy(Duration.ofDays(1)));
    assertEquals(Duration.ofSeconds(30), breaker.untilClosed());
    now = now.plusSeconds(30);
    breaker.learn(busy(Duration.ZERO));
    assertEquals(Duration.ofMillis(200), breaker.untilClosed());
  }

  @Test
  void withoutAWordFromTheServerTheWaitGrows() {
    Duration last = Duration.ZERO;
    for (int i = 0; i < 4; i++) {
      breaker.learn(busy(null));
      Duration wait = breaker.untilClosed();
      assertTrue(wait.compareTo(last) >= 0, wait + " after " + last);
      last = wait;
      now = now.plus(wait);
    }
    assertTrue(last.compareTo(Duration.ofSeconds(4)) >= 0, last.toString());
  }

  @Test
  void callsThatWereOnTheirWayTogetherAreOneRefusal() {
    breaker.learn(busy(null));
    Duration wait = breaker.untilClosed();
    breaker.learn(busy(Duration.ofSeconds(20)));
    assertEquals(wait, breaker.untilClosed());
  }

  @Test
  void anAnswerClosesItAndAFailureOfAnotherKindDoesNot() {
    breaker.learn(busy(Duration.ofSeconds(7)));
    breaker.learn(new ModelFailure.Transient("timeout", "late"));
    assertTrue(breaker.isOpen());
    breaker.learn(new ModelAnswer.Vectors(List.of()));
    assertFalse(breaker.isOpen());
  }

  @Test
  void aWorkerThatIsStoppingBlamesNobody() {
    breaker.learn(
        new ModelFailure.Busy(ModelFailure.INTERRUPTED, "stopping", Optional.of(Duration.ZERO)));
    assertFalse(breaker.isOpen());
  }

  private static ModelFailure busy(Duration retryAfter) {
    return new ModelFailure.Busy("http_503", "later", Optional.ofNullable(retryAfter));
  }

  private static BusyConfig config() {
    return new BusyConfig() {
      @Override
      public Duration first() {
        return Duration.ofSeconds(1);
      }

      @Override
      public Duration shortest() {
        return Duration.ofMillis(200);
      }

      @Override
      public Duration longest() {
        return Duration.ofSeconds(30);
      }
    };
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("Only instants are read.");
      }
    };
  }
}

package relata.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.worker.gate.Lane;

class BreakerTest {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final Breaker breaker = new Breaker("a-model", config(), clock());

  @Test
  void itIsOpenForAsLongAsTheServerAsked() {
    breaker.failed(busy(Duration.ofSeconds(7)));
    assertTrue(breaker.isOpen());
    assertEquals(Duration.ofSeconds(7), breaker.untilClosed());
    now = now.plusSeconds(7);
    assertFalse(breaker.isOpen());
  }

  @Test
  void noServerKeepsItOpenForEverAndNoneMakesABusyLoop() {
    breaker.failed(busy(Duration.ofDays(1)));
    assertEquals(Duration.ofSeconds(30), breaker.untilClosed());
    now = now.plusSeconds(30);
    breaker.failed(busy(Duration.ZERO));
    assertEquals(Duration.ofMillis(200), breaker.untilClosed());
  }

  @Test
  void withoutAWordFromTheServerTheWaitGrows() {
    Duration last = Duration.ZERO;
    for (int i = 0; i < 4; i++) {
      breaker.failed(busy(null));
      Duration wait = breaker.untilClosed();
      assertTrue(wait.compareTo(last) >= 0, wait + " after " + last);
      last = wait;
      now = now.plus(wait);
    }
    assertTrue(last.compareTo(Duration.ofSeconds(4)) >= 0, last.toString());
  }

  @Test
  void callsThatWereOnTheirWayTogetherAreOneRefusal() {
    breaker.failed(busy(null));
    Duration wait = breaker.untilClosed();
    breaker.failed(busy(Duration.ofSeconds(20)));
    assertEquals(wait, breaker.untilClosed());
  }

  @Test
  void anAnswerClosesItAndAFailureOfAnotherKindDoesNot() {
    breaker.failed(busy(Duration.ofSeconds(7)));
    breaker.failed(new ModelFailure.Transient("timeout", "late"));
    assertTrue(breaker.isOpen());
    breaker.answered();
    assertFalse(breaker.isOpen());
  }

  @Test
  void aWorkerThatIsStoppingBlamesNobody() {
    breaker.failed(
        new ModelFailure.Busy(ModelFailure.INTERRUPTED, "stopping", Optional.of(Duration.ZERO)));
    assertFalse(breaker.isOpen());
  }

  @Test
  void callsInARowWithoutAnAnswerOpenIt() {
    for (int i = 0; i < 4; i++) {
      breaker.failed(new ModelFailure.Transient("timeout", "late"));
    }
    breaker.answered();
    for (int i = 0; i < 4; i++) {
      breaker.failed(new ModelFailure.Transient("timeout", "late"));
    }
    assertFalse(breaker.isOpen());
    breaker.failed(new ModelFailure.Transient("timeout", "late"));
    assertTrue(breaker.isOpen());
    assertEquals(Optional.of("timeout"), breaker.reason());
  }

  @Test
  void afterItsTimeOneCallGoesAheadAndTheOthersWaitForWhatItMeets() {
    breaker.failed(busy(Duration.ofSeconds(7)));
    now = now.plusSeconds(7);
    assertEquals(Optional.empty(), breaker.enter(Lane.LIVE));
    assertTrue(breaker.enter(Lane.LIVE).isPresent());
    assertTrue(breaker.isOpen());

    breaker.failed(new ModelFailure.Transient("timeout", "late"));
    assertTrue(breaker.isOpen(), "one failure is enough now");
    now = now.plus(breaker.untilClosed());
    assertEquals(Optional.empty(), breaker.enter(Lane.LIVE));
    breaker.answered();
    assertEquals(Optional.empty(), breaker.enter(Lane.LIVE));
    assertEquals(Optional.empty(), breaker.enter(Lane.LIVE));
  }

  @Test
  void theOneCallThatIsNeverHeardOfAgainIsNotWaitedForForEver() {
    breaker.failed(busy(Duration.ofSeconds(1)));
    now = now.plusSeconds(1);
    assertEquals(Optional.empty(), breaker.enter(Lane.LIVE));
    now = now.plusSeconds(150);
    assertEquals(Optional.empty(), breaker.enter(Lane.LIVE));
  }

  @Test
  void aSearchTextGoesToAServerWithoutRoomButNotToOneThatDoesNotAnswer() {
    breaker.failed(busy(Duration.ofSeconds(7)));
    assertEquals(Optional.empty(), breaker.enter(Lane.QUERY));
    assertTrue(breaker.enter(Lane.LIVE).isPresent());
    breaker.answered();
    breaker.open("canary", "It lists its models and answers nothing.");
    assertTrue(breaker.enter(Lane.QUERY).isPresent());
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

      @Override
      public int failures() {
        return 5;
      }

      @Override
      public Duration trial() {
        return Duration.ofSeconds(150);
      }

      @Override
      public int models() {
        return 10;
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

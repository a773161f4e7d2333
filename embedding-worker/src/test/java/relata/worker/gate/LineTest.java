package relata.worker.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.worker.gate.Line.Ticket;

class LineTest {
  private static final long SECOND = 1_000_000_000L;
  private long now = 7 * SECOND;

  @Test
  void aMoreUrgentLaneGoesFirst() {
    Line line = line(1);
    Ticket running = join(line, Lane.LIVE, 1, "a");
    line.admit(now);
    Ticket backfill = join(line, Lane.BACKFILL, 2, "a");
    Ticket live = join(line, Lane.LIVE, 3, "a");
    Ticket query = join(line, Lane.QUERY, 4, "a");
    for (Ticket next : List.of(query, live, backfill)) {
      assertFalse(next.isAdmitted());
      line.leave(running, now);
      line.admit(now);
      assertTrue(next.isAdmitted());
      running = next;
    }
  }

  @Test
  void collectionsTakeTurnsInALane() {
    Line line = line(1);
    Ticket running = join(line, Lane.LIVE, 1, "a");
    line.admit(now);
    List<Ticket> big = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      big.add(join(line, Lane.LIVE, 1, "a"));
    }
    Ticket small = join(line, Lane.LIVE, 2, "a");
    line.leave(running, now);
    line.admit(now);
    assertTrue(small.isAdmitted(), "the big one has had its turn");
    line.leave(small, now);
    Ticket again = join(line, Lane.LIVE, 2, "a");
    line.admit(now);
    assertTrue(big.getFirst().isAdmitted(), "and now it is the big one's");
    assertFalse(again.isAdmitted());
  }

  @Test
  void onePermitIsKeptForALaneThatWasInUseLately() {
    Line line = line(3);
    Ticket query = join(line, Lane.QUERY, 1, "a");
    line.admit(now);
    line.leave(query, now);
    now += 4 * SECOND;
    List<Ticket> documents = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      documents.add(join(line, Lane.LIVE, 2, "a"));
    }
    line.admit(now);
    assertEquals(2, count(documents));
    Ticket urgent = join(line, Lane.QUERY, 1, "a");
    line.admit(now);
    assertTrue(urgent.isAdmitted());
    line.leave(urgent, now);

    now += 5 * SECOND;
    line.admit(now);
    assertTrue(count(documents) >= 3, "nobody searches any more");
  }

  @Test
  void noneIsKeptForALaneThatHasACallOnItsWay() {
    Line line = line(3);
    Ticket live = join(line, Lane.LIVE, 1, "a");
    List<Ticket> backfill = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      backfill.add(join(line, Lane.BACKFILL, 1, "a"));
    }
    line.admit(now);
    assertTrue(live.isAdmitted());
    assertEquals(2, count(backfill), "nothing stands idle while there is work");

    line.leave(live, now);
    line.admit(now);
    assertEquals(2, count(backfill), "the next change does not wait");
  }

  @Test
  void aSinglePermitIsKeptForNobody() {
    Line line = line(1);
    Ticket query = join(line, Lane.QUERY, 1, "a");
    line.admit(now);
    line.leave(query, now);
    Ticket document = join(line, Lane.BACKFILL, 2, "a");
    line.admit(now);
    assertTrue(document.isAdmitted());
  }

  @Test
  void callsThatHangKeepOnlyTheirOwnModelsCallsOut() {
    Line line = line(2);
    List<Ticket> hanging =
        List.of(join(line, Lane.LIVE, 1, "bad"), join(line, Lane.LIVE, 1, "bad"));
    line.admit(now);
    assertEquals(2, count(hanging));
    Ticket more = join(line, Lane.LIVE, 1, "bad");
    Ticket good = join(line, Lane.LIVE, 2, "good");
    line.admit(now);
    assertFalse(good.isAdmitted());

    now += line.nanosToNextChange(now);
    line.admit(now);
    assertTrue(good.isAdmitted());
    assertFalse(more.isAdmitted());
  }

  @Test
  void howeverManyCallsHangThereAreNeverMoreThanTwiceThePermits() {
    Line line = line(2);
    for (String model : List.of("a", "b", "c")) {
      for (int i = 0; i < 2; i++) {
        join(line, Lane.QUERY, 1, model);
      }
      line.admit(now);
      now += 5 * SECOND;
    }
    line.admit(now);
    assertEquals(new LaneCalls(Lane.QUERY, 2, 4), line.calls(Lane.QUERY));
  }

  @Test
  void theLastPermitIsForAModelThatWasInUseLatelyAndHasNone() {
    Line line = line(2);
    Ticket good = join(line, Lane.LIVE, 1, "good");
    line.admit(now);
    line.leave(good, now);
    Ticket first = join(line, Lane.LIVE, 2, "slow");
    Ticket second = join(line, Lane.LIVE, 2, "slow");
    line.admit(now);
    assertTrue(first.isAdmitted());
    assertFalse(second.isAdmitted());
    good = join(line, Lane.LIVE, 1, "good");
    line.admit(now);
    assertTrue(good.isAdmitted());
  }

  private static int count(List<Ticket> tickets) {
    return (int) tickets.stream().filter(Ticket::isAdmitted).count();
  }

  private Ticket join(Line line, Lane lane, long collection, String model) {
    return line.join(new Turn(lane, collection), model, now);
  }

  private static Line line(int permits) {
    return new Line(new GateLimits(permits, Duration.ofSeconds(5), Duration.ofSeconds(5)));
  }
}

package relata.worker.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.worker.gate.Lane;
import relata.worker.generation.Served;

/** An agenda with small limits, a clock that stands still, and three generations of two models. */
abstract class AgendaSituation {
  static final long SECOND = 1_000_000_000L;

  /** How long changes that come fast wait for others. */
  static final long GATHERING = SECOND / 20;

  final Map<String, ModelState> models = new HashMap<>();
  final Served one = new Served(1, 10, true, List.of("a"));
  final Served two = new Served(2, 20, true, List.of("a"));
  final Served other = new Served(3, 30, true, List.of("b"));
  long now = 7 * SECOND;
  Agenda agenda = agenda(3);

  final void fill(List<Long> ids, boolean last) {
    Look look = agenda.nextLook(now).orElseThrow();
    StalePage.Position end =
        ids.isEmpty()
            ? StalePage.START
            : new StalePage.Position(
                OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), ids.getLast());
    agenda.fill(look, new StalePage(ids, end, last), now);
  }

  final boolean offer(Served generation, Lane lane, long... ids) {
    boolean all = true;
    for (long id : ids) {
      all &= agenda.offer(generation, lane, id, new Told());
    }
    return all;
  }

  final void start() {
    assertTrue(agenda.next(now).isPresent());
  }

  static List<Long> ids(Optional<Started> batch) {
    return new ArrayList<>(batch.orElseThrow().documents().keySet());
  }

  final Agenda agenda(int slots) {
    AgendaLimits limits =
        new AgendaLimits(
            slots,
            Duration.ofSeconds(5),
            2,
            Duration.ofNanos(GATHERING),
            4,
            10,
            20,
            10,
            Duration.ofMillis(200));
    return new Agenda(limits, this::state);
  }

  private ModelState state(Served generation) {
    return models.getOrDefault(generation.models().getFirst(), ModelState.CLOSED);
  }

  static final class Told implements Receipt {
    int done;

    @Override
    public void done() {
      done++;
    }

    @Override
    public void failed() {
      throw new IllegalStateException("Nothing failed.");
    }
  }
}

package relata.worker.gate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.worker.recent.Recent;

/**
 * The calls that wait and those on their way, and the rules by which one follows the other. Times
 * are nanoseconds of any clock that only grows. Not for several threads at once: {@link Gate} holds
 * the lock.
 */
final class Line {
  /** Collections whose last turn is remembered; one that is forgotten goes first once. */
  private static final int REMEMBERED = 1000;

  /** A call. */
  static final class Ticket {
    private final Turn turn;
    private final String model;
    private boolean admitted;
    private long admittedAt;

    private Ticket(Turn turn, String model) {
      this.turn = turn;
      this.model = model;
    }

    boolean isAdmitted() {
      return admitted;
    }
  }

  private final GateLimits limits;
  private final List<Ticket> waiting = new ArrayList<>();
  private final List<Ticket> running = new ArrayList<>();
  private final Map<Lane, Long> laneUsed = new EnumMap<>(Lane.class);
  private final Map<String, Long> modelUsed = new HashMap<>();
  private final Recent<Turn, Long> lastTurns = new Recent<>(REMEMBERED);
  private long turns;

  Line(GateLimits limits) {
    this.limits = limits;
  }

  /** Joins those who wait. */
  Ticket join(Turn turn, String model, long now) {
    Ticket ticket = new Ticket(turn, model);
    waiting.add(ticket);
    use(ticket, now);
    return ticket;
  }

  /** Ends a call, or the wait for it. */
  void leave(Ticket ticket, long now) {
    if (!waiting.remove(ticket) && running.remove(ticket)) {
      use(ticket, now);
    }
  }

  /** Admits whoever may go; true when there was one. */
  boolean admit(long now) {
    boolean any = false;
    for (Optional<Ticket> next = next(now); next.isPresent(); next = next(now)) {
      Ticket ticket = next.get();
      waiting.remove(ticket);
      running.add(ticket);
      ticket.admitted = true;
      ticket.admittedAt = now;
      lastTurns.put(ticket.turn, ++turns);
      any = true;
    }
    return any;
  }

  /** In how many nanoseconds somebody may be admitted although nobody has left. */
  long nanosToNextChange(long now) {
    long next = limits.patience().toNanos();
    for (Ticket ticket : running) {
      next = sooner(next, ticket.admittedAt + limits.patience().toNanos() - now);
    }
    for (long used : laneUsed.values()) {
      next = sooner(next, used + limits.keptFree().toNanos() - now);
    }
    for (long used : modelUsed.values()) {
      next = sooner(next, used + limits.keptFree().toNanos() - now);
    }
    return next;
  }

  LaneCalls calls(Lane lane) {
    return new LaneCalls(lane, count(waiting, lane), count(running, lane));
  }

  private Optional<Ticket> next(long now) {
    return waiting.stream()
        .filter(ticket -> mayGo(ticket, now))
        .min(
            Comparator.<Ticket, Lane>comparing(ticket -> ticket.turn.lane())
                .thenComparing(ticket -> lastTurns.find(ticket.turn).orElse(0L)));
  }

  private boolean mayGo(Ticket ticket, long now) {
    if (running.size() >= limits.most()) {
      return false;
    }
    int ofItsModel = 0;
    int ofOthers = 0;
    for (Ticket other : running) {
      if (other.model.equals(ticket.model)) {
        ofItsModel++;
      } else if (!isStuck(other, now)) {
        ofOthers++;
      }
    }
    int kept = isOneKeptFrom(ticket, ofItsModel, now) ? 1 : 0;
    return ofItsModel + ofOthers < limits.permits() - kept;
  }

  /**
   * The last permit is for a more urgent lane, or a model, that was in use lately and has no call
   * on its way: neither waits for the end of a long call of the others.
   */
  private boolean isOneKeptFrom(Ticket ticket, int ofItsModel, long now) {
    if (limits.permits() == 1 || ticket.turn.lane() == Lane.QUERY) {
      return false;
    }
    for (Map.Entry<Lane, Long> used : laneUsed.entrySet()) {
      if (used.getKey().isBefore(ticket.turn.lane())
          && isLately(used.getValue(), now)
          && running.stream()
              .noneMatch(other -> other.turn.lane() == used.getKey() && !isStuck(other, now))) {
        return true;
      }
    }
    if (ofItsModel == 0) {
      return false;
    }
    for (Map.Entry<String, Long> used : modelUsed.entrySet()) {
      if (!used.getKey().equals(ticket.model)
          && isLately(used.getValue(), now)
          && running.stream().noneMatch(other -> other.model.equals(used.getKey()))) {
        return true;
      }
    }
    return false;
  }

  private boolean isStuck(Ticket ticket, long now) {
    return now - ticket.admittedAt >= limits.patience().toNanos();
  }

  private boolean isLately(long used, long now) {
    return now - used < limits.keptFree().toNanos();
  }

  private void use(Ticket ticket, long now) {
    laneUsed.put(ticket.turn.lane(), now);
    modelUsed.values().removeIf(used -> !isLately(used, now));
    modelUsed.put(ticket.model, now);
  }

  private static long sooner(long next, long candidate) {
    return candidate > 0 && candidate < next ? candidate : next;
  }

  private static int count(List<Ticket> tickets, Lane lane) {
    return (int) tickets.stream().filter(ticket -> ticket.turn.lane() == lane).count();
  }
}

package relata.worker.schedule;

import java.util.Optional;
import relata.worker.generation.Served;

/** Looks up what generations that are behind lack, and puts it into their queues. */
final class Filling {
  /** Finds stale documents. */
  @FunctionalInterface
  interface Finder {
    StalePage after(Served generation, StalePage.Position position, int limit);
  }

  private final SharedAgenda agenda;
  private final Finder finder;

  Filling(SharedAgenda agenda, Finder finder) {
    this.agenda = agenda;
    this.finder = finder;
  }

  boolean turn() throws InterruptedException {
    Optional<Look> look = agenda.next(Agenda::nextLook);
    if (look.isPresent()) {
      fill(look.get());
    }
    return true;
  }

  private void fill(Look look) {
    boolean found = false;
    try {
      StalePage page = finder.after(look.generation(), look.position(), look.limit());
      agenda.change(all -> all.fill(look, page, System.nanoTime()));
      found = true;
    } finally {
      if (!found) {
        agenda.change(all -> all.breakOff(look, System.nanoTime()));
        agenda.pause();
      }
    }
  }
}

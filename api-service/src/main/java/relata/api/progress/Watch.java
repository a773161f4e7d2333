package relata.api.progress;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import relata.api.progress.ProgressEvent.Status;

/** The listeners of one collection, and what they were told last. */
final class Watch {
  private final Set<Listener> listeners = new HashSet<>();
  private Status last;

  /** Adds a listener, who is told at once how far the collection was last. */
  synchronized void add(Listener listener) {
    listeners.add(listener);
    if (last != null) {
      listener.tell(last);
    }
  }

  synchronized void remove(Listener listener) {
    listeners.remove(listener);
  }

  synchronized boolean isUnused() {
    return listeners.isEmpty();
  }

  /** Tells all how far the collection is now, if that is anything new. */
  synchronized void tell(Status now) {
    if (last == null || !last.json().equals(now.json())) {
      last = now;
      each(listener -> listener.tell(now));
    }
  }

  /** For each listener; those that leave meanwhile are no harm. */
  synchronized void each(Consumer<Listener> action) {
    Set.copyOf(listeners).forEach(action);
  }

  /** Tells all that the collection is gone. */
  synchronized void delete() {
    each(listener -> listener.tell(new ProgressEvent.Deleted()));
    each(Listener::end);
  }
}

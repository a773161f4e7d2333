package relata.worker.recent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A map that holds no more entries than its bound: one more, and the one that was not asked for or
 * written for the longest time is forgotten. Safe for several threads; each method is one step, and
 * the functions given to it run inside of it, so that they are to be short and to use no other
 * lock.
 *
 * @param <K> with {@code equals} and {@code hashCode} that never change
 * @param <V> never null
 */
public final class Recent<K, V> {
  private final Map<K, V> entries;

  /**
   * @param bound entries; none are held with 0
   * @throws IllegalArgumentException when it is negative
   */
  public Recent(int bound) {
    this(bound, _ -> {});
  }

  /**
   * @param forgotten told of every value that left because there was no room, and of no other
   * @throws IllegalArgumentException when the bound is negative
   */
  public Recent(int bound, Consumer<? super V> forgotten) {
    if (bound < 0) {
      throw new IllegalArgumentException("A bound must not be negative: " + bound);
    }
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            boolean full = size() > bound;
            if (full) {
              forgotten.accept(eldest.getValue());
            }
            return full;
          }
        };
  }

  /** The value, if there still is one. */
  public synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The value; one that is not there is made. */
  public synchronized V findOrMake(K key, Function<? super K, ? extends V> make) {
    return entries.computeIfAbsent(key, make);
  }

  /** Sets the value, and returns the one that was there before. */
  public synchronized Optional<V> put(K key, V value) {
    return Optional.ofNullable(entries.put(key, value));
  }

  /** Sets the value; one that is there is joined with it, as the first of the two. */
  public synchronized void join(K key, V value, BinaryOperator<V> join) {
    entries.merge(key, value, join);
  }

  /** Takes the value out. */
  public synchronized Optional<V> remove(K key) {
    return Optional.ofNullable(entries.remove(key));
  }

  public synchronized boolean isEmpty() {
    return entries.isEmpty();
  }

  /** What is there now, the least recently used first. */
  public synchronized Map<K, V> copy() {
    return new LinkedHashMap<>(entries);
  }
}

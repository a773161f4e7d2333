package relata.graph.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import relata.graph.vector.Effort;

/** Queries whose recall and cost are functions of the effort, the latter with some noise. */
final class FakeIndex implements Queries {
  private static final int WANTED = 20;

  private final int size;
  private final ToDoubleFunction<Effort> recall;
  private final ToLongFunction<Effort> nanos;
  private final SplittableRandom noise = new SplittableRandom(7);
  final List<Effort> asked = new ArrayList<>();

  /**
   * @param recall from 0 to 1, over all queries
   * @param nanos without the noise, which makes up to twice as much of it
   */
  FakeIndex(int size, ToDoubleFunction<Effort> recall, ToLongFunction<Effort> nanos) {
    this.size = size;
    this.recall = recall;
    this.nanos = nanos;
  }

  @Override
  public int size() {
    return size;
  }

  /** Each query misses its share, and those that one effort misses, a lesser one misses too. */
  @Override
  public Answer ask(int query, Effort effort) {
    asked.add(effort);
    double wanted = recall.applyAsDouble(effort) * WANTED;
    int found = (int) wanted + (query % 100 < 100 * (wanted % 1) - 1e-9 ? 1 : 0);
    double[] similarities = new double[WANTED];
    for (int i = 0; i < WANTED; i++) {
      similarities[i] = i < found ? 1 - i / 100.0 : 0.1;
    }
    return new Answer((long) (nanos.applyAsLong(effort) * (1 + noise.nextDouble())), similarities);
  }
}

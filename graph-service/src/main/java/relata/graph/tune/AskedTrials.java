package relata.graph.tune;

import java.util.Arrays;
import java.util.SplittableRandom;
import relata.graph.tune.Queries.Answer;
import relata.graph.vector.Effort;

/**
 * Asks each query with certainty, with the effort that is tried and with the current one, in an
 * order that is drawn for each anew: what disturbs the machine meanwhile disturbs all of them. What
 * is right is asked again in each trial, for documents change while a run lasts.
 */
public final class AskedTrials implements Trials {
  private final Queries queries;
  private final SplittableRandom random;

  /**
   * @param seed the order of queries, and of efforts within one, follows from it
   */
  public AskedTrials(Queries queries, long seed) {
    this.queries = queries;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public int queries() {
    return queries.size();
  }

  @Override
  public Trial run(Trial.Purpose purpose, Effort effort, Effort current, double bar) {
    int planned = queries.size();
    double[] recalls = new double[planned];
    long[] nanos = new long[planned];
    long[] currentNanos = new long[planned];
    double lost = 0;
    int asked = 0;
    for (int query : order(planned)) {
      Effort[] efforts = {Effort.CERTAIN, effort, current};
      Answer[] answers = new Answer[efforts.length];
      for (int i : order(efforts.length)) {
        // What is certain anyway need not be asked twice.
        answers[i] =
            i > 0 && efforts[i].equals(Effort.CERTAIN) ? null : queries.ask(query, efforts[i]);
      }
      Answer right = answers[0];
      Answer tried = answers[1] == null ? right : answers[1];
      recalls[asked] = tried.recall(right);
      nanos[asked] = tried.nanos();
      currentNanos[asked] = (answers[2] == null ? right : answers[2]).nanos();
      lost += 1 - recalls[asked];
      asked++;
      if (Recall.lower(Math.max(0, 1 - lost / planned), planned) < bar) {
        break;
      }
    }
    return new Trial(
        purpose,
        effort,
        current,
        planned,
        Arrays.copyOf(recalls, asked),
        Arrays.copyOf(nanos, asked),
        Arrays.copyOf(currentNanos, asked));
  }

  private int[] order(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}

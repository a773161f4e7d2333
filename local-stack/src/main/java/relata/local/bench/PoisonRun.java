package relata.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import relata.local.stack.StackOptions;

/** A model that refuses some texts, in turns with collections without such texts. */
final class PoisonRun {
  private static final String MARKER = "qqpoisonqq";

  /** One in a hundred. */
  private static final int EVERY = 100;

  private static final int SHARE = 10;

  private final BenchStack stack;
  private final BenchReport report;
  private final int documents;

  private PoisonRun(BenchStack stack, BenchReport report, int documents) {
    this.stack = stack;
    this.report = report;
    this.documents = documents;
  }

  static void measure(
      StackOptions base, BenchOptions options, BenchReport report, Consumer<String> messages)
      throws Exception {
    int documents = options.documents() / SHARE;
    try (BenchStack stack =
        BenchStack.start(base, BenchStack.instantModel().withPoison(MARKER), messages)) {
      stack.say(
          "Writing 6 times %,d documents: to warm up, and in turns without and with poison."
              .formatted(documents));
      PoisonRun run = new PoisonRun(stack, report, documents);
      run.seconds("warm-clean", false);
      run.seconds("warm-poisoned", true);
      long refusedBefore = stack.model().counts().refusedAlone();
      // A JVM grows faster for minutes: both kinds have the same share of the earlier time.
      double clean = run.seconds("clean-1", false);
      double poisoned = run.seconds("poisoned-1", true) + run.seconds("poisoned-2", true);
      clean += run.seconds("clean-2", false);
      run.deaths(List.of("poisoned-1", "poisoned-2"), refusedBefore);
      double cleanRate = 2 * documents / clean;
      double rest = 2 * (documents - run.poison().size()) / poisoned;
      report.figure("poison.clean", cleanRate, "documents/s");
      report.figure("poison.rest", rest, "documents/s");
      report.figure("poison.throughput", rest / cleanRate, "share", new Bar.AtLeast(0.9));
    }
  }

  private void deaths(List<String> collections, long refusedBefore) throws Exception {
    Set<String> poison = poison();
    int found = 0;
    long others = 0;
    for (String collection : collections) {
      long generation = stack.features().activeGeneration(collection);
      Set<String> explained = new HashSet<>(stack.features().explainedDead(generation));
      explained.retainAll(poison);
      found += explained.size();
      others += stack.features().dead(generation) - explained.size();
    }
    double all = poison.size() * (double) collections.size();
    long tries = stack.model().counts().refusedAlone() - refusedBefore;
    report.figure("poison.dead", found / all, "share", new Bar.AtLeast(1));
    report.figure("poison.dead.others", others, "documents", new Bar.AtMost(0));
    report.figure("poison.tries", tries / all, "times", new Bar.AtMost(1));
  }

  /** The ids of the documents that are refused. */
  private Set<String> poison() {
    return IntStream.range(0, documents)
        .filter(PoisonRun::isPoison)
        .mapToObj(Corpus::id)
        .collect(Collectors.toSet());
  }

  /** From the first write until the last that has features has them. */
  private double seconds(String collection, boolean poisoned) throws Exception {
    Corpus corpus = new Corpus(collection);
    CpuSplit cpu = CpuSplit.start(stack);
    Instant start =
        BulkLoad.run(
                stack,
                collection,
                documents,
                i -> poisoned && isPoison(i) ? corpus.line(i, MARKER) : corpus.line(i))
            .start();
    long generation = stack.features().activeGeneration(collection);
    Settling.await(stack, generation, documents);
    cpu.print(report, collection, documents);
    return ThroughputRun.seconds(Duration.between(start, stack.features().lastReady(generation)));
  }

  private static boolean isPoison(int document) {
    return document % EVERY == EVERY / 2;
  }
}

package relata.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import relata.local.stack.StackOptions;

/** A model that refuses some texts, between two collections without such texts. */
final class PoisonRun {
  private static final String MARKER = "qqpoisonqq";

  /** One in a hundred. */
  private static final int EVERY = 100;

  private static final int SHARE = 10;

  private PoisonRun() {}

  static void measure(
      StackOptions base, BenchOptions options, BenchReport report, Consumer<String> messages)
      throws Exception {
    int documents = options.documents() / SHARE;
    try (BenchStack stack =
        BenchStack.start(base, BenchStack.instantModel().withPoison(MARKER), messages)) {
      stack.say(
          "Writing 4 times %,d documents: to warm up, without, with, and without poison."
              .formatted(documents));
      rate(stack, "warm", documents, new Corpus("warm")::line);
      double before = rate(stack, "clean-1", documents, new Corpus("clean")::line);
      long refusedBefore = stack.model().counts().refusedAlone();
      Corpus corpus = new Corpus("poisoned");
      double poisoned =
          rate(
              stack,
              "poisoned",
              documents,
              i -> isPoison(i) ? corpus.line(i, MARKER) : corpus.line(i));
      deaths(stack, documents, refusedBefore, report);
      double after = rate(stack, "clean-2", documents, new Corpus("clean again")::line);
      report.figure("poison.clean", (before + after) / 2, "documents/s");
      report.figure("poison.rest", poisoned, "documents/s");
      report.figure(
          "poison.throughput", poisoned / ((before + after) / 2), "share", new Bar.AtLeast(0.9));
    }
  }

  private static void deaths(
      BenchStack stack, int documents, long refusedBefore, BenchReport report) throws Exception {
    long generation = stack.features().activeGeneration("poisoned");
    Set<String> poison =
        IntStream.range(0, documents)
            .filter(PoisonRun::isPoison)
            .mapToObj(Corpus::id)
            .collect(Collectors.toSet());
    List<String> explained = stack.features().explainedDead(generation);
    Set<String> found = new HashSet<>(explained);
    found.retainAll(poison);
    long tries = stack.model().counts().refusedAlone() - refusedBefore;
    report.figure(
        "poison.dead", found.size() / (double) poison.size(), "share", new Bar.AtLeast(1));
    report.figure(
        "poison.dead.others",
        stack.features().dead(generation) - found.size(),
        "documents",
        new Bar.AtMost(0));
    report.figure("poison.tries", tries / (double) poison.size(), "times", new Bar.AtMost(1));
  }

  /** Documents with features a second, until the last of them is ready. */
  private static double rate(
      BenchStack stack, String collection, int documents, IntFunction<String> line)
      throws Exception {
    Instant start = BulkLoad.run(stack, collection, documents, line).start();
    long generation = stack.features().activeGeneration(collection);
    Settling.await(stack, generation, documents);
    return stack.features().ready(generation)
        / ThroughputRun.seconds(Duration.between(start, stack.features().lastReady(generation)));
  }

  private static boolean isPoison(int document) {
    return document % EVERY == EVERY / 2;
  }
}

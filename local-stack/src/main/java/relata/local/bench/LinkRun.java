package relata.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

/** All documents from the first write to the last that is linked and found by a search. */
final class LinkRun {
  private static final int SAMPLE = 100;

  private LinkRun() {}

  static LinkedCollection measure(BenchStack stack, int documents, BenchReport report)
      throws SQLException, InterruptedException, ExecutionException {
    CpuSplit cpu = CpuSplit.start(stack);
    LinkedCollection loaded = LinkedCollection.load(stack, documents);
    Instant end = stack.links().lastLinked(loaded.generation());
    report.figure(
        "pipeline",
        documents / ThroughputRun.seconds(Duration.between(loaded.start(), end)),
        "documents/s",
        new Bar.AtLeast(600));
    report.figure("pipeline.written", rate(loaded, loaded.written()), "documents/s");
    report.figure(
        "pipeline.features",
        rate(
            loaded,
            Duration.between(loaded.start(), stack.features().lastReady(loaded.generation()))),
        "documents/s");
    report.figure(
        "pipeline.list",
        stack.links().entries(loaded.generation()) / (double) documents,
        "neighbours");
    report.figure(
        "pipeline.commit",
        documents / (double) Math.max(1, stack.links().commits(loaded.generation())),
        "documents");
    report.figure("pipeline.unfound", unfound(loaded), "documents", new Bar.AtMost(0));
    cpu.print(report, "pipeline", documents);
    return loaded;
  }

  private static double rate(LinkedCollection loaded, Duration time) {
    return loaded.documents() / ThroughputRun.seconds(time);
  }

  /** Of a sample those that are not among the first ten for their own words. */
  private static int unfound(LinkedCollection loaded) {
    int unfound = 0;
    int step = Math.max(1, loaded.documents() / SAMPLE);
    for (int number = 0; number < loaded.documents(); number += step) {
      JsonNode answer =
          loaded.stack().client().search(LinkedCollection.NAME, "Report " + number, "lexical", 10);
      if (!answer.path("hits").findValuesAsText("id").contains(Corpus.id(number))) {
        unfound++;
      }
    }
    return unfound;
  }
}

package relata.local.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import relata.local.bench.Bar;
import relata.local.bench.BenchReport;
import relata.local.bench.Machine;

/**
 * What was measured.
 *
 * @param source the collection and how its judgements were read
 * @param recipe with which its features were made
 * @param leftOut queries without a relevant document
 * @param tuning the weights of {@code hybrid}
 * @param halves the tuning half and the other
 */
public record EvaluationResult(
    String source, JsonNode recipe, int leftOut, Tuning tuning, List<HalfResult> halves) {
  private static final Bar SIGNIFICANT = new Bar.Below(0.05);

  public EvaluationResult {
    halves = List.copyOf(halves);
  }

  /**
   * Prints all of it, and a line for each bar.
   *
   * @return whether hybrid is better than each of the others by nDCG on the half that was held out
   */
  public boolean print(PrintWriter out) {
    BenchReport report = new BenchReport(out);
    Machine.describe().forEach(report::remark);
    report.remark("collection: " + source);
    report.remark("recipe: " + recipe);
    report.remark(
        "queries: %d; %d without a relevant document left out; every other one is held out"
            .formatted(halves.stream().mapToInt(HalfResult::queries).sum(), leftOut));
    report.remark(tuning.words());
    report.remark(
        "nDCG gains 2^grade - 1; recall and MAP take any grade for relevant; all look 100 deep");
    report.remark(
        "[ ]: 95 %% by the bootstrap; p: paired randomisation, two-sided, %,d rounds"
            .formatted(PairedTest.ROUNDS));
    for (HalfResult half : halves) {
      printMeans(out, half);
      printDifferences(out, half);
    }
    out.println();
    for (HalfResult.Difference difference : heldOut().differences()) {
      report.figure(
          difference.claimed() + "." + difference.other(), decisive(difference), "p", SIGNIFICANT);
    }
    return report.isPassed();
  }

  /** The same as JSON. */
  public ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    Machine.describe().forEach(json.withArray("machine")::add);
    json.put("collection", source).put("leftOut", leftOut).set("recipe", recipe);
    ObjectNode weights = json.putObject("weights");
    weights.put("semantic", tuning.taken().semantic()).put("lexical", tuning.taken().lexical());
    for (HalfResult half : halves) {
      ObjectNode of = json.withArray("halves").addObject();
      of.put("half", half.half().label()).put("queries", half.queries());
      ObjectNode means = of.putObject("means");
      for (HalfResult.System system : half.systems()) {
        ObjectNode own = means.putObject(system.name());
        system.means().forEach((measure, mean) -> own.put(measure.label(), mean));
      }
      ObjectNode differences = of.putObject("less");
      for (HalfResult.Difference difference : half.differences()) {
        ObjectNode tests =
            differences.withObject("/" + difference.claimed()).putObject(difference.other());
        difference
            .tests()
            .forEach(
                (measure, test) ->
                    tests
                        .putObject(measure.label())
                        .put("mean", test.mean())
                        .put("low", test.low())
                        .put("high", test.high())
                        .put("p", test.p()));
      }
    }
    return json.put("passed", isPassed());
  }

  /** Whether hybrid is better than each of the others by nDCG on the half that was held out. */
  public boolean isPassed() {
    return heldOut().differences().stream()
        .allMatch(difference -> SIGNIFICANT.isPassedBy(decisive(difference)));
  }

  private HalfResult heldOut() {
    return halves.stream().filter(half -> half.half() == Half.HELD_OUT).findFirst().orElseThrow();
  }

  /** The p of nDCG; 1 if hybrid is not better at all. */
  private static double decisive(HalfResult.Difference difference) {
    PairedTest test = difference.tests().get(Measure.NDCG);
    return test.mean() > 0 ? test.p() : 1;
  }

  private static void printMeans(PrintWriter out, HalfResult half) {
    out.printf("%n%-26s", "%s, %d queries".formatted(half.half().label(), half.queries()));
    for (Measure measure : Measure.values()) {
      out.printf(" %10s", measure.label());
    }
    out.println();
    for (HalfResult.System system : half.systems()) {
      out.printf("  %-24s", system.name());
      system.means().values().forEach(mean -> out.printf(Locale.ROOT, " %10.4f", mean));
      out.println();
    }
    out.flush();
  }

  private static void printDifferences(PrintWriter out, HalfResult half) {
    for (HalfResult.Difference difference : half.differences()) {
      difference
          .tests()
          .forEach(
              (measure, test) ->
                  out.printf(
                      Locale.ROOT,
                      "  %-12s less %-14s %-10s %+.4f [%+.4f, %+.4f] p %.5f%n",
                      difference.claimed(),
                      difference.other(),
                      measure.label(),
                      test.mean(),
                      test.low(),
                      test.high(),
                      test.p()));
    }
    out.flush();
  }
}

package relata.local.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {
  private final StringWriter text = new StringWriter();
  private final BenchReport report = new BenchReport(new PrintWriter(text));

  @Test
  void aFigureIsALineOfNameValueUnitBarAndVerdict() {
    report.figure("rate", 1234.4, "documents/s", new Bar.AtLeast(1000));
    report.figure("p99", 101.5, "ms", new Bar.AtMost(100));
    report.figure("calls", 7, "calls");
    assertEquals(
        List.of(
            List.of("rate", "1234", "documents/s", ">=1000", "pass"),
            List.of("p99", "102", "ms", "<=100", "short"),
            List.of("calls", "7", "calls", "-", "-")),
        text.toString().lines().map(line -> Arrays.asList(line.split(" +", -1))).toList());
  }

  @Test
  void isPassedOnlyWhenEveryBarIs() {
    report.figure("reached", 0, "rows", new Bar.AtMost(0));
    assertTrue(report.isPassed());
    report.figure("short", 1, "rows", new Bar.AtMost(0));
    report.figure("reached again", 0, "rows", new Bar.AtMost(0));
    assertFalse(report.isPassed());
  }

  @Test
  void whatCannotBeMeasuredIsNotPassed() {
    report.missing("memory", "this system does not tell");
    assertFalse(report.isPassed());
    assertEquals("# memory not measured: this system does not tell", text.toString().strip());
  }
}

package relata.worker.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.worker.backfill.BackfillOptions.Parsed;

final class BackfillOptionsTest {
  @Test
  void allOptionsAreRead() {
    assertEquals(
        new Parsed.Options(
            new BackfillOptions(
                Optional.of("notes"),
                Optional.of("acme"),
                OptionalDouble.of(0.5),
                OptionalInt.of(50))),
        parse("--collection notes --tenant acme --rate 0.5 --batch 50"));
  }

  @Test
  void withoutOptionsEverythingIsMeant() {
    assertEquals(
        new Parsed.Options(
            new BackfillOptions(
                Optional.empty(), Optional.empty(), OptionalDouble.empty(), OptionalInt.empty())),
        BackfillOptions.parse(new String[0], 0));
  }

  @ParameterizedTest
  @CsvSource({
    "--rate,--rate needs a value",
    "--fast,There is no option --fast",
    "--fast 1,There is no option --fast",
    "--rate quick,is no number",
    "--rate 0,more than 0",
    "--rate NaN,more than 0",
    "--batch 1.5,is no whole number",
    "--batch 0,1 to 1000",
    "--batch 1001,1 to 1000"
  })
  void whatIsWrongIsSaid(String arguments, String words) {
    var wrong = assertInstanceOf(Parsed.Wrong.class, parse(arguments));
    assertTrue(wrong.message().contains(words), wrong.message());
  }

  private static Parsed parse(String arguments) {
    return BackfillOptions.parse(arguments.split(" ", -1), 0);
  }
}

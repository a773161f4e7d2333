package relata.worker.backfill;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a backfill is asked to do.
 *
 * @param collection by its name, of every tenant if none is named; empty for all
 * @param rate documents in a second; empty for as fast as it goes
 * @param batch documents in a batch; empty for the configured number
 */
public record BackfillOptions(
    Optional<String> collection, Optional<String> tenant, OptionalDouble rate, OptionalInt batch) {
  /** What the program says about itself. */
  public static final String HELP =
      """
      Usage: java -jar quarkus-run.jar [--backfill [OPTION]...]

      Without options: the worker, which runs until it is stopped.

        --backfill         makes the features of all stale documents, and ends
        --collection NAME  only of the collections of that name
        --tenant NAME      only of that tenant
        --rate N           at most N documents in a second, such as 50 or 0.5
        --batch N          N documents in a batch, 1 to 1000
        --help             says this

      Exit codes of a backfill: 0 nothing is left; 2 some documents are dead, or wait for a person;
      3 some are left, and nothing went on for long, because a model is missing or its server away;
      1 it could not work; 64 these options are wrong; 143 it was stopped, and gave back what it had.
      """;

  private static final int LARGEST_BATCH = 1000;

  /** The options, or what is wrong with them. */
  public sealed interface Parsed {
    record Options(BackfillOptions options) implements Parsed {}

    record Wrong(String message) implements Parsed {}
  }

  /** Reads what stands behind {@code --backfill}. */
  public static Parsed parse(String[] arguments, int from) {
    BackfillOptions options =
        new BackfillOptions(
            Optional.empty(), Optional.empty(), OptionalDouble.empty(), OptionalInt.empty());
    for (int i = from; i < arguments.length; i += 2) {
      String name = arguments[i];
      if (i + 1 == arguments.length) {
        return new Parsed.Wrong(
            isKnown(name) ? name + " needs a value." : "There is no option " + name + ".");
      }
      String value = arguments[i + 1];
      switch (options.with(name, value)) {
        case Parsed.Options(BackfillOptions more) -> options = more;
        case Parsed.Wrong wrong -> {
          return wrong;
        }
      }
    }
    return new Parsed.Options(options);
  }

  private static boolean isKnown(String name) {
    return switch (name) {
      case "--collection", "--tenant", "--rate", "--batch" -> true;
      default -> false;
    };
  }

  private Parsed with(String name, String value) {
    return switch (name) {
      case "--collection" ->
          value.isBlank()
              ? new Parsed.Wrong("--collection needs a name.")
              : new Parsed.Options(new BackfillOptions(Optional.of(value), tenant, rate, batch));
      case "--tenant" ->
          value.isBlank()
              ? new Parsed.Wrong("--tenant needs a name.")
              : new Parsed.Options(
                  new BackfillOptions(collection, Optional.of(value), rate, batch));
      case "--rate" -> withRate(value);
      case "--batch" -> withBatch(value);
      default -> new Parsed.Wrong("There is no option " + name + ".");
    };
  }

  private Parsed withRate(String value) {
    try {
      double number = Double.parseDouble(value);
      if (number > 0 && Double.isFinite(number)) {
        return new Parsed.Options(
            new BackfillOptions(collection, tenant, OptionalDouble.of(number), batch));
      }
    } catch (NumberFormatException noNumber) {
      return new Parsed.Wrong("--rate " + value + " is no number of documents in a second.");
    }
    return new Parsed.Wrong("--rate needs more than 0 documents in a second.");
  }

  private Parsed withBatch(String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= LARGEST_BATCH) {
        return new Parsed.Options(
            new BackfillOptions(collection, tenant, rate, OptionalInt.of(number)));
      }
    } catch (NumberFormatException noNumber) {
      return new Parsed.Wrong("--batch " + value + " is no whole number.");
    }
    return new Parsed.Wrong("--batch takes 1 to " + LARGEST_BATCH + " documents.");
  }
}

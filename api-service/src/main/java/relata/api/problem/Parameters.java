package relata.api.problem;

/**
 * Query parameters that are numbers. They are taken as text, because JAX-RS answers a malformed
 * number with 404.
 */
public final class Parameters {
  private Parameters() {}

  /**
   * A whole number between {@code min} and {@code max}, or the fallback if there is none.
   *
   * @throws ProblemException 400 naming the parameter
   */
  public static int integer(String name, String raw, int fallback, int min, int max) {
    if (raw == null) {
      return fallback;
    }
    try {
      return integer(name, Integer.parseInt(raw), min, max);
    } catch (NumberFormatException notANumber) {
      throw outOfRange(name, min, max);
    }
  }

  /**
   * The value, if it is between {@code min} and {@code max}.
   *
   * @throws ProblemException 400 naming the parameter
   */
  public static int integer(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw outOfRange(name, min, max);
    }
    return value;
  }

  /**
   * The id of something that this service numbers, from 1 up; null if there is none.
   *
   * @throws ProblemException 400 naming the parameter
   */
  public static Long identity(String name, String raw) {
    if (raw == null) {
      return null;
    }
    try {
      long id = Long.parseLong(raw);
      if (id >= 1) {
        return id;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, like a number that is none of ours.
    }
    throw Problem.invalid(name, "Must be a whole number from 1 up.").exception();
  }

  /**
   * Reads a query parameter that is true or false; false if it was not sent.
   *
   * @throws ProblemException 400 naming the parameter
   */
  public static boolean flag(String name, String raw) {
    if (raw == null || raw.equals("false")) {
      return false;
    }
    if (raw.equals("true")) {
      return true;
    }
    throw Problem.invalid(name, "Must be true or false.").exception();
  }

  /**
   * A number between {@code min} and {@code max}, or the fallback if there is none.
   *
   * @throws ProblemException 400 naming the parameter
   */
  public static double number(String name, String raw, double fallback, double min, double max) {
    if (raw == null) {
      return fallback;
    }
    try {
      double value = Double.parseDouble(raw);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, like a number out of range.
    }
    throw Problem.invalid(name, "Must be a number from %s to %s.".formatted(min, max)).exception();
  }

  private static ProblemException outOfRange(String name, int min, int max) {
    return Problem.invalid(name, "Must be a whole number from %d to %d.".formatted(min, max))
        .exception();
  }
}

package relata.local.bench;

import java.util.Locale;

/** What a figure has to reach. */
public sealed interface Bar {
  /** Whether a value reaches it. */
  boolean isPassedBy(double value);

  /** As it is printed. */
  String text();

  record AtLeast(double limit) implements Bar {
    @Override
    public boolean isPassedBy(double value) {
      return value >= limit;
    }

    @Override
    public String text() {
      return ">=" + number(limit);
    }
  }

  record AtMost(double limit) implements Bar {
    @Override
    public boolean isPassedBy(double value) {
      return value <= limit;
    }

    @Override
    public String text() {
      return "<=" + number(limit);
    }
  }

  record Below(double limit) implements Bar {
    @Override
    public boolean isPassedBy(double value) {
      return value < limit;
    }

    @Override
    public String text() {
      return "<" + number(limit);
    }
  }

  /** As many digits as say something. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return Long.toString((long) value);
    }
    double size = Math.abs(value);
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}

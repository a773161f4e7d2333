package relata.local.cli;

/**
 * How words that were found stand out.
 *
 * @param start put before them
 * @param end put behind them
 */
record Marks(String start, String end) {
  static final Marks BOLD = new Marks("\u001b[1m", "\u001b[0m");

  /** For what is no terminal. */
  static final Marks STARS = new Marks("**", "**");

  /** Those of where the command writes to. */
  static Marks here() {
    return System.console() != null && System.console().isTerminal() ? BOLD : STARS;
  }
}

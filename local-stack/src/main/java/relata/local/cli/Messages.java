package relata.local.cli;

import java.io.PrintWriter;

/** Lines for a person, seen at once also when the output is a file. */
final class Messages {
  private final PrintWriter out;

  Messages(PrintWriter out) {
    this.out = out;
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }
}

package relata.graph.text;

/** A single value of a document's metadata. */
public sealed interface Value {
  /** A text, compared as it is spelt. */
  record Text(String text) implements Value {}

  /** A number, compared as a double. */
  record Number(double number) implements Value {
    public Number {
      // Negative zero is zero.
      number += 0.0;
    }
  }

  /** True or false. */
  record Flag(boolean isTrue) implements Value {}

  /** A text that is too long to be compared: all that is known is that it is there. */
  record Opaque() implements Value {}
}

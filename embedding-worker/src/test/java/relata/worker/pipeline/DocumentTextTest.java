package relata.worker.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import relata.worker.split.SplitLimits;

class DocumentTextTest {
  private static final String BODY =
      """
      ---
      author: nobody
      ---
      # Steeping

      Use a [pot](https://example.org/secret "and a title"). <!-- hidden -->

      <!-- a comment of
      two lines -->

      ```mermaid
      graph TD; A-->B
      ```

      - *black*: four minutes
      - green: two

      | leaf | minutes |
      |------|---------|
      | oolong | 3 |

      ```java
      steep(2);
      ```
      """;

  private final SplitLimits limits = new SplitLimits(100, 1000, 8);

  @Test
  void whatIsNoTextForAReaderIsNotReadable() {
    assertEquals(
        """
        Steeping

        Use a pot.

        black: four minutes
        green: two

        leaf: oolong; minutes: 3

        java
        steep(2);""",
        text("markdown", BODY).readable(limits));
  }

  @Test
  void plainTextIsReadAsItIs() {
    assertEquals(BODY, text("text", BODY).readable(limits));
  }

  @Test
  void aBodyThatCannotBeReadIntoBlocksIsReadAsItIs() {
    String marks = "*a*\n".repeat(1000);
    assertEquals(marks, text("markdown", marks).readable(limits));
  }

  private static DocumentText text(String format, String body) {
    return new DocumentText(1, 1, "Tea", body, format);
  }
}

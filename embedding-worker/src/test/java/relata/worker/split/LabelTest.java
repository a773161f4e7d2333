package relata.worker.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class LabelTest {
  @Test
  void whatIsShortEnoughStaysAsItIs() {
    String text = "x".repeat(Label.LONGEST);
    assertSame(text, Label.of(text));
  }

  @Test
  void whatIsLongEndsWithAnEllipsis() {
    assertEquals("x".repeat(199) + "…", Label.of("x".repeat(201)));
  }

  @Test
  void aSurrogatePairIsNotCut() {
    assertEquals("😀".repeat(99) + "…", Label.of("😀".repeat(101)));
  }
}

package relata.worker.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MarksTest {
  @Test
  void linesAndSignsCount() {
    assertEquals(0, Marks.count(""));
    assertEquals(1, Marks.count("Words (and more)?"));
    assertEquals(3, Marks.count("a *b*"));
    assertEquals(4, Marks.count("1. 2) 3. a"));
  }

  @Test
  void allLineEndsCountOnce() {
    assertEquals(3, Marks.count("a\nb\nc"));
    assertEquals(3, Marks.count("a\r\nb\r\nc"));
    assertEquals(3, Marks.count("a\rb\rc\r"));
  }

  @Test
  void shortRowsCountForAllColumnsUntilABlankLine() {
    long before = Marks.count("a|b|c\n-|-|-\n");
    assertEquals(before + 4, Marks.count("a|b|c\n-|-|-\nx\n"));
    assertEquals(before + 4, Marks.count("a|b|c\r\n-|-|-\r\nx\r\n"));
    assertEquals(before + 2, Marks.count("a|b|c\n-|-|-\n\nx\n"));
  }
}

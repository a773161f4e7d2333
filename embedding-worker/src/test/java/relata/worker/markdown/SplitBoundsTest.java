package relata.worker.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import relata.worker.split.Block;
import relata.worker.split.BlockKind;
import relata.worker.split.Chunk;
import relata.worker.split.PlainText;
import relata.worker.split.Room;
import relata.worker.split.SplitLimits;
import relata.worker.split.SplitResult;
import relata.worker.split.SplitRule;
import relata.worker.split.SplitRule.Mode;
import relata.worker.split.Splitter;

/** Valid documents of up to a megabyte that would take a worker's memory. */
class SplitBoundsTest {
  private static final SplitLimits LIMITS = new SplitLimits(5000, 100_000, 8);
  private static final SplitRule RULE = new SplitRule(Mode.BLOCKS, 100, 20, Set.of());

  @Test
  void aHugeTableHeaderIsCutInEachRow() {
    String header = "h".repeat(200_000);
    List<Chunk> chunks = chunks("T", "|" + header + "|\n|-|\n" + "|cell|\n".repeat(1000));
    String row = "h".repeat(199) + "…: cell";
    assertTrue(chunks.stream().skip(1).allMatch(chunk -> chunk.text().contains("…: cell")));
    assertTrue(chunks.get(1).text().startsWith(row), chunks.get(1).text());
    assertTrue(characters(chunks) < 400_000, "characters " + characters(chunks));
  }

  @Test
  void aTableThatGrowsTooMuchIsTooMuchText() {
    String body = "|" + "h ".repeat(100_000) + "|\n|-|\n" + "|a|\n".repeat(20_000);
    assertTooMuch("too_much_text", body);
  }

  @Test
  void aTableOfTwoHundredThousandRowsIsNotParsed() {
    String body = "|" + "h".repeat(200_000) + "|\n|-|\n" + "|a|\n".repeat(200_000);
    assertTooMuch("too_many_marks", body);
  }

  @Test
  void rowsAreNotFilledUpToAThousandColumns() {
    String body = "|a".repeat(1000) + "\n" + "|-".repeat(1000) + "\n" + "a\n".repeat(1000);
    assertTooMuch("too_many_marks", body);
    assertTooMuch("too_many_marks", body.replace("\n", "\r\n"));
    assertTooMuch("too_many_marks", "> " + body.replace("\n", "\n> "));
  }

  @Test
  void aHugeHeadingIsCutInPathsOnly() {
    String heading = "x".repeat(100_000);
    List<Chunk> chunks = chunks("T", "# " + heading + "\n\n" + "Some words.\n\n".repeat(1000));
    List<Chunk> paragraphs =
        chunks.stream().filter(chunk -> chunk.kind() == BlockKind.PARAGRAPH).toList();
    assertEquals(1000, paragraphs.size());
    assertEquals(List.of("T", "x".repeat(199) + "…"), paragraphs.getLast().headingPath());
    List<String> parts =
        chunks.stream()
            .filter(chunk -> chunk.kind() == BlockKind.HEADING)
            .map(Chunk::text)
            .toList();
    assertEquals("T > " + heading, String.join("", parts));
  }

  @Test
  void aHugeHeadingOverTenThousandParagraphsIsTooManyChunks() {
    assertTooMuch("too_many_chunks", "# " + "x".repeat(100_000) + "\n\n" + "a\n\n".repeat(10_000));
  }

  @Test
  void aMegabyteOfOneLetterParagraphsIsRefusedInBothFormats() {
    String body = "a\n\n".repeat(330_000);
    assertTooMuch("too_many_marks", body);
    Room room = new Room(LIMITS, body.length());
    List<Block> blocks = PlainText.blocks(body, room);
    assertEquals(LIMITS.marks(), blocks.size());
    assertInstanceOf(SplitResult.TooMuch.class, Splitter.split("T", blocks, RULE, room));
  }

  @Test
  void asManyChunksAsAllowedAreMade() {
    assertEquals(5000, chunks("T", "a\n\n".repeat(4999)).size());
    assertTooMuch("too_many_chunks", "a\n\n".repeat(5000));
  }

  @Test
  @Timeout(10)
  void aMegabyteOfScriptsOnOneLineIsReadOnce() {
    String script = "<SCRIPT>" + "x".repeat(30) + "</SCRIPT>";
    List<Chunk> chunks = chunks("T", "<div>Seen" + script.repeat(20_000) + "</div>");
    assertEquals(List.of("T", "Seen"), chunks.stream().map(Chunk::text).toList());
  }

  @Test
  void anOrdinaryMegabyteFits() {
    String paragraph =
        "Some *ordinary* words with `code` and [a link](https://example.com/x), which go on\n"
            .repeat(4);
    String body = (paragraph + "\n").repeat(1_000_000 / paragraph.length());
    assertTrue(chunks("T", body).size() > 2500);
  }

  private static SplitResult split(String title, String body) {
    Room room = new Room(LIMITS, title.length() + body.length());
    return Splitter.split(title, MarkdownBlocks.read(body, room), RULE, room);
  }

  private static List<Chunk> chunks(String title, String body) {
    return assertInstanceOf(SplitResult.Chunks.class, split(title, body)).chunks();
  }

  private static void assertTooMuch(String code, String body) {
    assertEquals(code, assertInstanceOf(SplitResult.TooMuch.class, split("T", body)).code());
  }

  private static long characters(List<Chunk> chunks) {
    return chunks.stream().mapToLong(chunk -> chunk.text().length()).sum();
  }
}

package relata.worker.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import relata.worker.split.SplitRule.Mode;

class SplitterTest {
  private static final SplitRule BLOCKS = new SplitRule(Mode.BLOCKS, 100, 20, Set.of());
  private static final SplitRule WHOLE = new SplitRule(Mode.WHOLE, 100, 20, Set.of());

  private static final List<Block> BODY =
      List.of(
          new Block(BlockKind.PARAGRAPH, List.of(), "Intro."),
          new Block(BlockKind.HEADING, List.of(), "Brewing"),
          new Block(BlockKind.HEADING, List.of("Brewing"), "Water"),
          new Block(BlockKind.CODE, List.of("Brewing", "Water"), "sh\nboil"));

  @Test
  void theTitleIsFirstAndPathsBeginWithIt() {
    assertEquals(
        List.of(
            new Chunk(BlockKind.TITLE, List.of("Tea"), "Tea"),
            new Chunk(BlockKind.PARAGRAPH, List.of("Tea"), "Intro."),
            new Chunk(BlockKind.HEADING, List.of("Tea"), "Tea > Brewing"),
            new Chunk(BlockKind.HEADING, List.of("Tea", "Brewing"), "Tea > Brewing > Water"),
            new Chunk(BlockKind.CODE, List.of("Tea", "Brewing", "Water"), "sh\nboil")),
        chunks(" Tea\n", BODY, BLOCKS));
  }

  @Test
  void skippedKindsAreLeftOutButStillInThePath() {
    SplitRule rule =
        new SplitRule(Mode.BLOCKS, 100, 20, Set.of(BlockKind.TITLE, BlockKind.HEADING));
    assertEquals(
        List.of(
            new Chunk(BlockKind.PARAGRAPH, List.of("Tea"), "Intro."),
            new Chunk(BlockKind.CODE, List.of("Tea", "Brewing", "Water"), "sh\nboil")),
        chunks("Tea", BODY, rule));
  }

  @Test
  void aFirstHeadingThatSaysTheTitleAgainIsTheTitle() {
    List<Block> body =
        List.of(
            new Block(BlockKind.HEADING, List.of(), "Tea"),
            new Block(BlockKind.HEADING, List.of("Tea"), "Water"),
            new Block(BlockKind.PARAGRAPH, List.of("Tea", "Water"), "Hot."));
    assertEquals(
        List.of(
            new Chunk(BlockKind.TITLE, List.of("Tea"), "Tea"),
            new Chunk(BlockKind.HEADING, List.of("Tea"), "Tea > Water"),
            new Chunk(BlockKind.PARAGRAPH, List.of("Tea", "Water"), "Hot.")),
        chunks("Tea", body, BLOCKS));
  }

  @Test
  void aLongBlockBecomesSeveralChunksOfItsKind() {
    Block list = new Block(BlockKind.LIST, List.of(), "one\ntwo\nthree\nfour");
    SplitRule rule = new SplitRule(Mode.BLOCKS, 2, 0, Set.of());
    assertEquals(
        List.of(
            new Chunk(BlockKind.TITLE, List.of("T"), "T"),
            new Chunk(BlockKind.LIST, List.of("T"), "one\ntwo"),
            new Chunk(BlockKind.LIST, List.of("T"), "three\nfour")),
        chunks("T", List.of(list), rule));
  }

  @Test
  void aDocumentWithATitleOnlyIsItsTitle() {
    List<Chunk> title = List.of(new Chunk(BlockKind.TITLE, List.of("A task"), "A task"));
    assertEquals(title, chunks("A task", List.of(), BLOCKS));
    assertEquals(title, chunks("A task", List.of(), WHOLE));
  }

  @Test
  void nothingIsLeftOfADocumentWithoutText() {
    assertEquals(List.of(), chunks(" ", List.of(), BLOCKS));
    SplitRule noTitle = new SplitRule(Mode.WHOLE, 100, 20, Set.of(BlockKind.TITLE));
    assertEquals(List.of(), chunks("Title", List.of(), noTitle));
  }

  @Test
  void inWholeModeOnlyTheSizeCuts() {
    assertEquals(
        List.of(
            new Chunk(
                BlockKind.PARAGRAPH,
                List.of("Tea"),
                "Tea\n\nIntro.\n\nBrewing\n\nWater\n\nsh\nboil")),
        chunks("Tea", BODY, WHOLE));
    SplitRule small = new SplitRule(Mode.WHOLE, 4, 0, Set.of());
    assertEquals(
        List.of("Tea\n\nIntro.", "Brewing\n\nWater\n\nsh", "boil"),
        chunks("Tea", BODY, small).stream().map(Chunk::text).toList());
  }

  @Test
  void aPlainBodyIsItsParagraphs() {
    assertEquals(
        List.of(
            new Block(BlockKind.PARAGRAPH, List.of(), "One\nline two"),
            new Block(BlockKind.PARAGRAPH, List.of(), "# no heading")),
        PlainText.blocks("\n\nOne\nline two\r\n \t\r\n\r\n# no heading\n", room()));
    assertEquals(List.of(), PlainText.blocks(" \n \n", room()));
  }

  @Test
  void aDescriptionStandsBehindTheTitle() {
    Chunk description = new Chunk(BlockKind.DESCRIPTION, List.of("Tea"), "About tea.");
    Chunk intro = new Chunk(BlockKind.PARAGRAPH, List.of("Tea"), "Intro.");
    assertEquals(
        List.of(new Chunk(BlockKind.TITLE, List.of("Tea"), "Tea"), description, intro),
        described(" Tea", chunks("Tea", BODY.subList(0, 1), BLOCKS), BLOCKS));
    assertEquals(
        List.of(description, intro),
        described("Tea", List.of(intro), BLOCKS),
        "a title that is skipped is not waited for");
    assertEquals(List.of(description), described("Tea", List.of(), BLOCKS));
  }

  @Test
  void aLongDescriptionBecomesSeveralChunks() {
    assertEquals(
        List.of(
            new Chunk(BlockKind.DESCRIPTION, List.of("T"), "About"),
            new Chunk(BlockKind.DESCRIPTION, List.of("T"), "tea.")),
        described("T", List.of(), new SplitRule(Mode.BLOCKS, 2, 0, Set.of())));
  }

  @Test
  void aDescriptionThatIsSkippedIsNoChunk() {
    SplitRule rule = new SplitRule(Mode.BLOCKS, 100, 20, Set.of(BlockKind.DESCRIPTION));
    List<Chunk> chunks = chunks("Tea", BODY, rule);
    assertEquals(chunks, described("Tea", chunks, rule));
  }

  @Test
  void aRuleThatCannotBeFollowedIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new SplitRule(Mode.BLOCKS, 0, 0, Set.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new SplitRule(Mode.BLOCKS, 10, 10, Set.of()));
  }

  private static List<Chunk> chunks(String title, List<Block> blocks, SplitRule rule) {
    SplitResult result = Splitter.split(title, blocks, rule, room());
    return assertInstanceOf(SplitResult.Chunks.class, result).chunks();
  }

  private static List<Chunk> described(String title, List<Chunk> chunks, SplitRule rule) {
    SplitResult result = Splitter.describe(title, "About tea.", chunks, rule, room());
    return assertInstanceOf(SplitResult.Chunks.class, result).chunks();
  }

  private static Room room() {
    return new Room(new SplitLimits(5000, 100_000, 8), 1000);
  }
}

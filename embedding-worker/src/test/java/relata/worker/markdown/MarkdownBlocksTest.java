package relata.worker.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.worker.split.Block;
import relata.worker.split.BlockKind;
import relata.worker.split.Room;
import relata.worker.split.SplitLimits;

class MarkdownBlocksTest {
  @Test
  void aParagraphIsItsWords() {
    assertText(
        BlockKind.PARAGRAPH,
        "A bold link, some code and a picture of a cat, on two lines.",
        """
        A **bold** [link](https://example.com "title"), some `code` and
        <span class="x">a *picture*</span> of ![a cat](cat.png), on two lines.
        """);
  }

  @Test
  void targetsOfLinksAndCommentsInALineAreNoText() {
    assertText(
        BlockKind.PARAGRAPH,
        "See the docs, the guide and a picture.",
        """
        See [the docs](https://example.com/a?b=c), [the guide][guide]<!-- TODO: not this -->
        and ![a picture](data:image/png;base64,AAAA "hover").

        [guide]: https://example.com/guide "The guide"
        """);
  }

  @Test
  void headingsKnowTheHeadingsAbove() {
    assertEquals(
        List.of(
            new Block(BlockKind.HEADING, List.of(), "One"),
            new Block(BlockKind.HEADING, List.of("One"), "Two"),
            new Block(BlockKind.PARAGRAPH, List.of("One", "Two"), "Deep."),
            new Block(BlockKind.HEADING, List.of("One"), "Three"),
            new Block(BlockKind.HEADING, List.of(), "Four"),
            new Block(BlockKind.PARAGRAPH, List.of("Four"), "Top.")),
        read("# One\n### Two\nDeep.\n\n## Three\nFour\n====\nTop.\n\n#\n"));
  }

  @Test
  void aListIsOneBlockWithALineForEachItem() {
    assertText(
        BlockKind.LIST,
        "First\nSecond, which is long\nNested\nsh\nrun it\nLast",
        """
        - First
        - **Second**,
          which is long
          1. Nested

             ```sh
             run it
             ```
        - Last
        """);
  }

  @Test
  void nestedItemsAreLinesOfTheSameList() {
    assertText(
        BlockKind.LIST,
        "Boil\nwater\nto 80 degrees\nSteep\ndone",
        """
        1. Boil
           * water
             - to 80 degrees
        2. Steep
           - [done](https://example.com) <!-- hidden -->
        """);
  }

  @Test
  void aTableIsReadRowByRowWithItsHeader() {
    assertText(
        BlockKind.TABLE,
        "Tea: Green; Minutes: 2\nTea: Black; Minutes: 4; strong\nTea: White",
        """
        | Tea     | Minutes |        |
        | :------ | ------: | ------ |
        | Green   | 2       |        |
        | `Black` | 4       | strong |
        | White   |         |        |
        |         |         |        |
        """);
  }

  @Test
  void aTableWithoutRowsIsItsHeaders() {
    assertText(BlockKind.TABLE, "Tea; Minutes", "| Tea | Minutes |\n| --- | --- |\n");
  }

  @Test
  void codeStandsBehindItsLanguage() {
    assertText(
        BlockKind.CODE,
        "java\nint a = 1;\n\n  return a;",
        "```Java title=\"x\"\nint a = 1;\n\n  return a;\n```\n");
    assertText(BlockKind.CODE, "plain", "```\nplain\n```\n");
    assertText(BlockKind.CODE, "indented", "    indented\n");
  }

  @Test
  void aDiagramIsNoText() {
    assertEquals(List.of(), read("```mermaid\ngraph TD\n  A --> B\n```\n"));
    assertText(BlockKind.LIST, "Item", "- Item\n  ~~~mermaid\n  graph\n  ~~~\n");
  }

  @Test
  void ofHtmlOnlyTheWordsAreLeft() {
    assertText(
        BlockKind.PARAGRAPH,
        "Hello you & me < them",
        """
        <div class="note">
          <p>Hello<br>you &amp; me &lt; them</p>
          <!-- not <b>this</b> -->
          <script>alert("no")</script><STYLE>p { color: red }</STYLE>
        </div>
        """);
    assertEquals(List.of(), read("<!-- a comment\n\nover lines -->\n\n<hr/>\n"));
  }

  @Test
  void frontMatterIsLeftOut() {
    assertText(BlockKind.PARAGRAPH, "Text.", "---\ntitle: x\ntags: [a]\n---\nText.\n");
    assertText(BlockKind.PARAGRAPH, "Text.", "---\r\n\r\n# comment\r\n...\r\nText.\r\n");
  }

  @Test
  void aThematicBreakAtTheStartIsNoFrontMatter() {
    assertEquals(List.of("Kept", "Also kept."), texts(read("---\nKept\n\n---\nAlso kept.\n")));
    assertEquals(List.of("title: never closed"), texts(read("---\ntitle: never closed\n")));
  }

  @Test
  void quotesAreReadLikeTheirContents() {
    assertEquals(
        List.of(
            new Block(BlockKind.HEADING, List.of(), "Quoted"),
            new Block(BlockKind.PARAGRAPH, List.of("Quoted"), "Words.")),
        read("> # Quoted\n> Words.\n"));
  }

  @Test
  void emptyBlocksAndLinkDefinitionsAreLeftOut() {
    assertEquals(List.of(), read("[a]: https://example.com\n\n***\n\n-\n\n```\n```\n"));
  }

  @Test
  void deepNestingOfMarksIsRead() {
    String deep = "*a **b ".repeat(2000) + "x" + "** *".repeat(2000);
    assertEquals(1, read(deep).size());
  }

  private static void assertText(BlockKind kind, String text, String markdown) {
    assertEquals(List.of(new Block(kind, List.of(), text)), read(markdown));
  }

  private static List<Block> read(String body) {
    return MarkdownBlocks.read(body, new Room(new SplitLimits(5000, 100_000, 8), body.length()));
  }

  private static List<String> texts(List<Block> blocks) {
    return blocks.stream().map(Block::text).toList();
  }
}

package relata.local.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownNoteTest {
  @Test
  void frontMatterGivesTheTitleAndMetadataAndIsNoPartOfTheBody() {
    MarkdownNote note =
        MarkdownNote.parse(
            """
            ---
            title: "On pumps"
            description: What to do
            tags:
              - water
            ---

            # Another heading

            Text.
            """,
            "file");
    assertEquals("On pumps", note.title());
    assertEquals(Map.of("description", "What to do"), note.metadata());
    assertEquals("# Another heading\n\nText.", note.body());
  }

  @Test
  void theFirstHeadingIsTheTitleAndIsTakenOffTheBodyThatItOpens() {
    MarkdownNote note = MarkdownNote.parse("\n# What\\_is NATS #\n\nText.\n", "file");
    assertEquals("What_is NATS", note.title());
    assertEquals("Text.", note.body());
  }

  @Test
  void aHeadingFurtherDownIsTheTitleAndStaysWhereItIs() {
    MarkdownNote note = MarkdownNote.parse("Before.\n\n# Title\n\nAfter.\n", "file");
    assertEquals("Title", note.title());
    assertEquals("Before.\n\n# Title\n\nAfter.", note.body());
  }

  @Test
  void aCommentInACodeBlockIsNoHeading() {
    MarkdownNote note = MarkdownNote.parse("```sh\n# a comment\n```\n\n# Title\n", "file");
    assertEquals("Title", note.title());
  }

  @Test
  void withoutHeadingTheFileNamesTheNote() {
    MarkdownNote note = MarkdownNote.parse("## Only a section\n\n#hashtag\n", "file");
    assertEquals("file", note.title());
    assertEquals("## Only a section\n\n#hashtag", note.body());
  }

  @Test
  void aRuleAtTheStartIsNoFrontMatter() {
    MarkdownNote note = MarkdownNote.parse("---\nText without an end.\n", "file");
    assertEquals("---\nText without an end.", note.body());
    assertEquals(Map.of(), note.metadata());
  }
}

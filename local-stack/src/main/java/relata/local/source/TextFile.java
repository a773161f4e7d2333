package relata.local.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** A file that is one document: markdown, or plain text. */
final class TextFile {
  /** Far above what the API takes, so that it is the API that says what its limit is. */
  private static final long MOST_BYTES = 16L << 20;

  private TextFile() {}

  static boolean isMarkdown(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return name.endsWith(".md") || name.endsWith(".markdown");
  }

  static boolean isPlain(Path file) {
    return name(file).toLowerCase(Locale.ROOT).endsWith(".txt");
  }

  static void read(Path file, String id, Consumer<SourceItem> items) throws IOException {
    String location = file.toString();
    if (Files.size(file) > MOST_BYTES) {
      items.accept(
          new SourceItem.Broken(location, "is larger than " + (MOST_BYTES >> 20) + " MiB"));
      return;
    }
    String text;
    try {
      text = withoutMark(Files.readString(file));
    } catch (CharacterCodingException otherCharset) {
      items.accept(new SourceItem.Broken(location, "is not UTF-8 text"));
      return;
    }
    items.accept(
        new SourceItem.Document(
            location, isPlain(file) ? plain(file, id, text) : markdown(file, id, text)));
  }

  /** The byte order mark that some editors write is no part of the text. */
  static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String plain(Path file, String id, String text) {
    return DocumentJson.of(id, stem(file), text, "plain", Map.of());
  }

  private static String markdown(Path file, String id, String text) {
    MarkdownNote note = MarkdownNote.parse(text, stem(file));
    return DocumentJson.of(id, note.title(), note.body(), "markdown", note.metadata());
  }

  private static String stem(Path file) {
    String name = name(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}

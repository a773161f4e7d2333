package relata.local.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** A file with a JSON object a line, as the API's bulk import takes them. */
final class NdjsonFile {
  /** Above what the API takes; beyond it a line is skipped instead of held in memory. */
  private static final int MOST_CHARACTERS = 4 << 20;

  private NdjsonFile() {}

  static boolean is(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".ndjson") || name.endsWith(".jsonl");
  }

  static void read(Path file, Consumer<SourceItem> items) throws IOException {
    long number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      StringBuilder line = new StringBuilder();
      boolean more = true;
      while (more) {
        line.setLength(0);
        more = nextLine(reader, line);
        number++;
        String location = file + ":" + number;
        if (line.length() > MOST_CHARACTERS) {
          items.accept(
              new SourceItem.Broken(location, "is longer than " + MOST_CHARACTERS + " characters"));
          continue;
        }
        String text = number == 1 ? TextFile.withoutMark(line.toString()) : line.toString();
        if (!text.isBlank()) {
          items.accept(new SourceItem.Document(location, text.strip()));
        }
      }
    } catch (CharacterCodingException otherCharset) {
      items.accept(new SourceItem.Broken(file + ":" + (number + 1), "is not UTF-8 text"));
    }
  }

  /** Keeps one character more than the limit of a line that is too long; false at the end. */
  private static boolean nextLine(BufferedReader reader, StringBuilder line) throws IOException {
    int character;
    while ((character = reader.read()) != -1) {
      if (character == '\n') {
        return true;
      }
      if (line.length() <= MOST_CHARACTERS) {
        line.append((char) character);
      }
    }
    return false;
  }
}

package relata.local.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of the SMART retrieval system, in which the Cranfield collection comes: {@code .I}
 * with a number opens a document, {@code .T} its title, {@code .A} the authors, {@code .B} where it
 * appeared, {@code .W} the text.
 */
public final class SmartFile {
  private static final Pattern MARK = Pattern.compile("\\.([IATBW])(?:\\s+(\\S+))?\\s*");

  private SmartFile() {}

  /** Reads all documents of the file. */
  public static void read(Path file, Consumer<SourceItem> items) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      Entry entry = null;
      long number = 0;
      String line;
      while ((line = reader.readLine()) != null) {
        number++;
        Matcher mark = MARK.matcher(line);
        if (mark.matches() && mark.group(1).equals("I")) {
          if (entry != null) {
            items.accept(entry.document());
          }
          entry = new Entry(file + ":" + number, mark.group(2));
        } else if (entry == null) {
          items.accept(new SourceItem.Broken(file + ":" + number, "stands before the first .I"));
          return;
        } else if (mark.matches()) {
          entry.field = mark.group(1);
        } else {
          entry.add(line);
        }
      }
      if (entry != null) {
        items.accept(entry.document());
      }
    } catch (CharacterCodingException otherCharset) {
      items.accept(new SourceItem.Broken(file.toString(), "is not UTF-8 text"));
    }
  }

  /** One document while it is read. */
  private static final class Entry {
    private final String location;
    private final String id;
    private final Map<String, StringBuilder> fields = new LinkedHashMap<>();
    private String field = "";

    Entry(String location, String id) {
      this.location = location;
      this.id = id;
    }

    void add(String line) {
      fields.computeIfAbsent(field, name -> new StringBuilder()).append(line).append('\n');
    }

    SourceItem document() {
      if (id == null) {
        return new SourceItem.Broken(location, "has no number after .I");
      }
      Map<String, String> metadata = new LinkedHashMap<>();
      metadata.put("author", oneLine("A"));
      metadata.put("bibliography", oneLine("B"));
      metadata.values().removeIf(String::isEmpty);
      String title = oneLine("T").isEmpty() ? "Document " + id : oneLine("T");
      return new SourceItem.Document(
          location, DocumentJson.of(id, title, text("W").strip(), "plain", metadata));
    }

    private String oneLine(String name) {
      return text(name).replaceAll("\\s+", " ").strip();
    }

    private String text(String name) {
      return fields.getOrDefault(name, new StringBuilder()).toString();
    }
  }
}

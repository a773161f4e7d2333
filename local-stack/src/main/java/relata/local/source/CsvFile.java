package relata.local.source;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table after RFC 4180 whose first row names the columns: a document a row. */
final class CsvFile {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(false)
          .get();

  private CsvFile() {}

  static boolean is(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  static void read(Path file, CsvColumns columns, Consumer<SourceItem> items) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        CSVParser parser = FORMAT.parse(new UnmarkedReader(reader))) {
      String missing = missing(columns, parser.getHeaderNames());
      if (!missing.isEmpty()) {
        items.accept(new SourceItem.Broken(file + ":1", missing));
        return;
      }
      Iterator<CSVRecord> rows = parser.iterator();
      // Where a row begins has to be asked before the parser reads it.
      long line = parser.getCurrentLineNumber() + 1;
      while (rows.hasNext()) {
        CSVRecord row = rows.next();
        if (!isEmptyLine(row)) {
          items.accept(row(file + ":" + line, row, columns));
        }
        line = parser.getCurrentLineNumber() + 1;
      }
    } catch (CharacterCodingException otherCharset) {
      items.accept(new SourceItem.Broken(file.toString(), "is not UTF-8 text"));
    } catch (IOException | UncheckedIOException | IllegalArgumentException malformed) {
      items.accept(
          new SourceItem.Broken(
              file.toString(), "is no CSV from here on: " + malformed.getMessage()));
    }
  }

  private static boolean isEmptyLine(CSVRecord row) {
    return row.size() == 1 && row.get(0).isEmpty();
  }

  private static SourceItem row(String location, CSVRecord row, CsvColumns columns) {
    if (!row.isConsistent()) {
      return new SourceItem.Broken(
          location,
          "has %d columns, the first row has %d"
              .formatted(row.size(), row.getParser().getHeaderNames().size()));
    }
    Map<String, String> metadata = new LinkedHashMap<>(row.toMap());
    String id = metadata.remove(columns.id());
    String title = columns.title().map(metadata::remove).orElse(id);
    String body = columns.body().map(metadata::remove).orElse("");
    metadata.values().removeIf(String::isEmpty);
    return new SourceItem.Document(location, DocumentJson.of(id, title, body, "plain", metadata));
  }

  private static String missing(CsvColumns columns, List<String> header) {
    return Stream.of(Stream.of(columns.id()), columns.title().stream(), columns.body().stream())
        .flatMap(names -> names)
        .filter(name -> !header.contains(name))
        .findFirst()
        .map(name -> "has no column \"%s\"; it has %s".formatted(name, String.join(", ", header)))
        .orElse("");
  }
}

package relata.local.source;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Files, and folders with all files in them that can be read: markdown, text, NDJSON, CSV. What
 * begins with a dot is left out of a folder, as are CSV files when no columns are named.
 */
public final class SourceFiles {
  private static final String KINDS = ".md, .markdown, .txt, .ndjson, .jsonl, .csv";

  private final Optional<CsvColumns> columns;

  public SourceFiles(Optional<CsvColumns> columns) {
    this.columns = columns;
  }

  /**
   * Why a path cannot be imported; empty if it can.
   *
   * @return a sentence for the user
   */
  public Optional<String> refusal(Path path) {
    if (!Files.exists(path)) {
      return Optional.of(path + " does not exist.");
    }
    if (Files.isDirectory(path)) {
      return Optional.empty();
    }
    if (CsvFile.is(path) && columns.isEmpty()) {
      return Optional.of(path + " is a table: name the column of the ids with --id-column.");
    }
    if (!readable(path)) {
      return Optional.of(path + " is none of " + KINDS + ".");
    }
    return Optional.empty();
  }

  /** Looks through a folder, or at a file, without reading. */
  public FoundFiles find(Path path) throws IOException {
    return Files.isDirectory(path)
        ? FileSearch.in(path, this::reasonToLeaveOut)
        : new FoundFiles(List.of(path), List.of());
  }

  /** Reads a file, or a folder in the order of its files' names. */
  public void read(Path path, Consumer<SourceItem> items) throws IOException {
    if (!Files.isDirectory(path)) {
      readFile(path, path.getFileName().toString(), items);
      return;
    }
    for (Path file : find(path).files()) {
      // The same id on every system, whatever separates its folders.
      readFile(file, path.relativize(file).toString().replace(File.separatorChar, '/'), items);
    }
  }

  private void readFile(Path file, String id, Consumer<SourceItem> items) throws IOException {
    if (NdjsonFile.is(file)) {
      NdjsonFile.read(file, items);
    } else if (CsvFile.is(file)) {
      CsvFile.read(file, columns.orElseThrow(), items);
    } else {
      TextFile.read(file, id, items);
    }
  }

  private boolean readable(Path file) {
    return TextFile.isMarkdown(file)
        || TextFile.isPlain(file)
        || NdjsonFile.is(file)
        || (CsvFile.is(file) && columns.isPresent());
  }

  private Optional<String> reasonToLeaveOut(Path file) {
    if (CsvFile.is(file) && columns.isEmpty()) {
      return Optional.of("import it with the names of its columns: --id-column and others");
    }
    return readable(file) ? Optional.empty() : Optional.of("none of " + KINDS);
  }
}

package relata.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import relata.local.source.SourceFiles;
import relata.local.source.SourceItem;

/** Titles to search a folder of documents for, about which nothing else is known. */
final class SampleTitles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WANTED = 3;

  /** A line; some titles are a whole paragraph. */
  private static final int MOST_CHARACTERS = 120;

  private SampleTitles() {}

  /** Of the first, the middle and the last file; of the others, where these do not suffice. */
  static List<String> in(Path folder) throws IOException {
    SourceFiles source = new SourceFiles(Optional.empty());
    List<Path> files = source.find(folder).files();
    Set<String> titles = new LinkedHashSet<>();
    if (!files.isEmpty()) {
      for (int i = 0; i < WANTED; i++) {
        Path file = files.get(i * (files.size() - 1) / (WANTED - 1));
        collect(source, file, titles, titles.size() + 1);
      }
    }
    for (Path file : files) {
      if (titles.size() == WANTED) {
        break;
      }
      collect(source, file, titles, WANTED);
    }
    return List.copyOf(titles);
  }

  private static void collect(SourceFiles source, Path file, Set<String> titles, int most)
      throws IOException {
    source.read(
        file,
        item -> {
          if (titles.size() < most && item instanceof SourceItem.Document document) {
            String title = title(document.json());
            if (!title.isEmpty()) {
              titles.add(title);
            }
          }
        });
  }

  /** Empty if there is none: a line of NDJSON may be anything. */
  private static String title(String json) {
    try {
      String title = JSON.readTree(json).path("title").asText("").replaceAll("\\s+", " ").strip();
      return title.substring(0, Math.min(title.length(), MOST_CHARACTERS));
    } catch (JsonProcessingException theApiSaysSo) {
      return "";
    }
  }
}

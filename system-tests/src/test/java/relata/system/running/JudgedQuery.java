package relata.system.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import relata.system.Project;

/**
 * A search of which somebody judged what a good answer has.
 *
 * @param expected documents with what each is worth, from 1 up
 */
record JudgedQuery(String name, String text, Map<String, Integer> expected) {
  private static final int NOT_RELEVANT = 5;

  /** Those for the documents of {@link Corpus#abstracts}; the project's own sample has a few. */
  static List<JudgedQuery> all() throws IOException {
    Path folder = Project.root().resolveSibling("shared").resolve("data/cranfield");
    return Files.exists(folder.resolve("cran.qry")) ? cranfield(folder) : ofSample();
  }

  private static List<JudgedQuery> cranfield(Path folder) throws IOException {
    Map<Integer, Map<String, Integer>> judgements = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("cranqrel"))) {
      String[] fields = line.strip().split("\\s+", -1);
      int code = Integer.parseInt(fields[2]);
      if (code >= 1 && code < NOT_RELEVANT) {
        judgements
            .computeIfAbsent(Integer.parseInt(fields[0]), query -> new TreeMap<>())
            .put(fields[1], NOT_RELEVANT - code);
      }
    }
    List<JudgedQuery> queries = new ArrayList<>();
    // The judgements go by the place of a query in the file, not by the number that it has there.
    String[] texts =
        Files.readString(folder.resolve("cran.qry")).split("\\.I \\d+\\s+\\.W\\s+", -1);
    for (int place = 1; place < texts.length; place++) {
      String text = texts[place].replaceAll("\\s+", " ").strip();
      queries.add(new JudgedQuery("q" + place, text, judgements.getOrDefault(place, Map.of())));
    }
    return queries;
  }

  private static List<JudgedQuery> ofSample() {
    return List.of(
        new JudgedQuery(
            "pump",
            "the pump stopped at night",
            Map.of("water/pump-failure.md", 3, "people/watch-duty.md", 1)),
        new JudgedQuery("green", "green slime in the troughs", Map.of("water/algae.md", 2)),
        new JudgedQuery("lice", "small insects on the leaves", Map.of("plants/pests.md", 1)),
        new JudgedQuery(
            "snow",
            "how much snow can lie on it",
            Map.of("building/roof-load.md", 2, "building/winter.md", 1)));
  }
}

package relata.local.eval;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A collection in the layout of BEIR: {@code corpus.jsonl} with {@code _id}, {@code title}, {@code
 * text} and {@code metadata}; {@code queries.jsonl} with {@code _id} and {@code text}; {@code
 * qrels/*.tsv} with a header, and a query, a document and a grade a line, where 0 is not relevant.
 */
final class BeirFolder {
  static final String CORPUS = "corpus.jsonl";
  private static final String QUERIES = "queries.jsonl";
  private static final String QRELS = "qrels";
  private static final String ENDING = ".tsv";
  private static final String DEFAULT = "test";

  private BeirFolder() {}

  static JudgedCollection read(Path folder, Optional<String> qrels) throws IOException {
    Path judgements = judgements(folder.resolve(QRELS), qrels);
    Map<String, String> texts = new LinkedHashMap<>();
    Path queries = folder.resolve(QUERIES);
    JsonLines.read(
        queries,
        (line, object) -> {
          String id = JsonLines.text(queries, line, object, "_id");
          if (texts.put(id, JsonLines.text(queries, line, object, "text")) != null) {
            throw JudgementException.at(queries, line, "query " + id + " stands there twice");
          }
        });
    Map<String, Map<String, Integer>> grades = grades(judgements, texts);
    List<JudgedQuery> judged = new ArrayList<>();
    // Queries of which the file says nothing belong to another file of judgements.
    texts.forEach(
        (id, text) -> {
          if (grades.containsKey(id)) {
            judged.add(new JudgedQuery(id, text, grades.get(id)));
          }
        });
    return new JudgedCollection(
        "BEIR; grades of " + QRELS + "/" + judgements.getFileName(),
        documents -> documents(folder.resolve(CORPUS), documents),
        judged);
  }

  private static Path judgements(Path folder, Optional<String> named) throws IOException {
    List<Path> files = List.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
      }
    }
    Path wanted = folder.resolve(named.orElse(DEFAULT) + ENDING);
    if (files.contains(wanted)) {
      return wanted;
    }
    if (named.isEmpty() && files.size() == 1) {
      return files.getFirst();
    }
    throw new JudgementException(
        files.isEmpty()
            ? folder + " has no judgements (*" + ENDING + ")."
            : "Name the judgements with --qrels: "
                + String.join(
                    ", ",
                    files.stream()
                        .map(file -> file.getFileName().toString())
                        .map(name -> name.substring(0, name.length() - ENDING.length()))
                        .toList())
                + ".");
  }

  private static Map<String, Map<String, Integer>> grades(Path file, Map<String, String> queries)
      throws IOException {
    Map<String, Map<String, Integer>> grades = new HashMap<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      long number = 1;
      // The first line is the header.
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        String[] fields = line.strip().split("\t", -1);
        if (fields.length != 3 || !fields[2].matches("\\d{1,2}")) {
          throw JudgementException.at(
              file, number, "is no query, document and grade from 0 up, with tabs between them");
        }
        if (!queries.containsKey(fields[0])) {
          throw JudgementException.at(file, number, "there is no query " + fields[0]);
        }
        int grade = Integer.parseInt(fields[2]);
        Map<String, Integer> ofQuery = grades.computeIfAbsent(fields[0], id -> new HashMap<>());
        if (grade > 0) {
          ofQuery.merge(fields[1], grade, Math::max);
        }
      }
    }
    return grades;
  }

  private static void documents(Path file, Consumer<JudgedDocument> documents) throws IOException {
    JsonLines.read(
        file,
        (line, object) ->
            documents.accept(
                new JudgedDocument(
                    file + ":" + line,
                    JsonLines.text(file, line, object, "_id"),
                    object.path("title").asText("").replaceAll("\\s+", " ").strip(),
                    JsonLines.text(file, line, object, "text"),
                    metadata(object.path("metadata")))));
  }

  /** What is a plain value; what is nested is of no use to a search. */
  private static Map<String, String> metadata(JsonNode object) {
    Map<String, String> metadata = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getValue().isValueNode() && !field.getValue().isNull()) {
        metadata.put(field.getKey(), field.getValue().asText());
      }
    }
    return metadata;
  }
}

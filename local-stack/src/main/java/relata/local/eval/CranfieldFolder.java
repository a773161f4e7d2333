package relata.local.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import relata.local.source.SmartFile;
import relata.local.source.SourceItem;

/**
 * The Cranfield collection as it is handed down: 1400 abstracts, 225 questions, and {@code
 * cranqrel}, whose lines are a question, a document, and a code. The codes are Cleverdon's, and 1
 * is the best: a complete answer; 2 high relevance, 3 useful background, 4 minimum interest, 5
 * none. Codes 1 to 4 become grades 4 to 1.
 *
 * <p>Two traps. The judgements count the questions 1 to 225 as they stand in the file; the numbers
 * behind {@code .I} there are others. And each question has one document of code -1, which the
 * readme says nothing about: it is counted as not relevant, as it commonly is, though it looks like
 * the paper from which the question was asked.
 */
final class CranfieldFolder {
  static final String QUERIES = "cran.qry";
  private static final String DOCUMENTS = "cran.all.1400";
  private static final String JUDGEMENTS = "cranqrel";
  private static final int WORST_CODE = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private CranfieldFolder() {}

  static JudgedCollection read(Path folder) throws IOException {
    List<String> texts = questions(folder.resolve(QUERIES));
    List<Map<String, Integer>> grades = grades(folder.resolve(JUDGEMENTS), texts.size());
    List<JudgedQuery> queries = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      queries.add(new JudgedQuery(Integer.toString(i + 1), texts.get(i), grades.get(i)));
    }
    return new JudgedCollection(
        "Cranfield; codes 1 to 4 are grades 4 to 1, code -1 is not relevant",
        documents -> documents(folder.resolve(DOCUMENTS), documents),
        queries);
  }

  private static void documents(Path file, Consumer<JudgedDocument> documents) throws IOException {
    SmartFile.read(
        file,
        item -> {
          switch (item) {
            case SourceItem.Document document -> documents.accept(document(document));
            case SourceItem.Broken broken ->
                throw new JudgementException(broken.location() + ": " + broken.detail());
          }
        });
  }

  private static JudgedDocument document(SourceItem.Document document) {
    try {
      JsonNode fields = JSON.readTree(document.json());
      Map<String, String> metadata = new HashMap<>();
      fields
          .path("metadata")
          .properties()
          .forEach(field -> metadata.put(field.getKey(), field.getValue().asText()));
      return new JudgedDocument(
          document.location(),
          fields.path("id").asText(),
          fields.path("title").asText(),
          fields.path("body").asText(),
          metadata);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The text of each, in the order of the file. */
  private static List<String> questions(Path file) throws IOException {
    List<StringBuilder> questions = new ArrayList<>();
    long number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.startsWith(".I")) {
        questions.add(new StringBuilder());
      } else if (questions.isEmpty()) {
        throw JudgementException.at(file, number, "stands before the first .I");
      } else if (!line.strip().equals(".W")) {
        questions.getLast().append(line).append(' ');
      }
    }
    return questions.stream().map(text -> text.toString().replaceAll("\\s+", " ").strip()).toList();
  }

  private static List<Map<String, Integer>> grades(Path file, int questions) throws IOException {
    List<Map<String, Integer>> grades = new ArrayList<>();
    for (int i = 0; i < questions; i++) {
      grades.add(new HashMap<>());
    }
    long number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length != 3 || !fields[0].matches("\\d{1,6}") || !fields[2].matches("-1|[1-5]")) {
        throw JudgementException.at(
            file, number, "is no question, document, and code -1 or 1 to 5");
      }
      int question = Integer.parseInt(fields[0]);
      int code = Integer.parseInt(fields[2]);
      if (question < 1 || question > questions) {
        throw JudgementException.at(file, number, "there are questions 1 to " + questions);
      }
      if (code >= 1 && code <= WORST_CODE) {
        grades.get(question - 1).merge(fields[1], WORST_CODE + 1 - code, Math::max);
      }
    }
    return grades;
  }
}

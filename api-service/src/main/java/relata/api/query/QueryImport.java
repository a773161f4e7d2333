package relata.api.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import relata.api.bulk.AnswerSpool;
import relata.api.bulk.BulkConfig;
import relata.api.bulk.ImportFailure;
import relata.api.bulk.LineReader;
import relata.api.bulk.ServiceStopping;
import relata.api.collection.FoundCollection;
import relata.api.problem.FieldError;
import relata.api.problem.JsonProblems;
import relata.api.problem.ProblemException;

/** Stores queries line by line, each by itself: a line that is wrong harms no other. */
@Singleton
final class QueryImport {
  private final QueryStore store;
  private final BulkConfig config;
  private final ObjectMapper mapper;
  private final ObjectReader reader;
  private final int maxLineBytes;

  QueryImport(QueryStore store, BulkConfig config, ObjectMapper mapper) {
    this.store = store;
    this.config = config;
    this.mapper = mapper;
    this.reader = mapper.readerFor(QueryLine.class);
    this.maxLineBytes = Math.toIntExact(config.maxLine().asLongValue());
  }

  /** See {@link relata.api.bulk.ImportRunner.Lines}. */
  void run(FoundCollection collection, InputStream input, AnswerSpool answers)
      throws IOException, ImportFailure {
    LineReader lines = new LineReader(input, maxLineBytes);
    try {
      run(collection, lines, answers);
    } catch (ServiceStopping stopping) {
      throw new ImportFailure(lines.nextNumber(), stopping);
    }
  }

  private void run(FoundCollection collection, LineReader lines, AnswerSpool answers)
      throws IOException, ImportFailure {
    for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
      answers.demandRoom(line.number());
      Optional<QueryAnswer> answer =
          switch (line) {
            case LineReader.Line.Text text when text.isBlank() -> Optional.empty();
            case LineReader.Line.Text text -> Optional.of(answer(collection, text));
            case LineReader.Line.TooLong tooLong ->
                Optional.of(
                    QueryAnswer.rejected(tooLong.number(), null, LineReader.tooLong(maxLineBytes)));
          };
      if (answer.isPresent()) {
        answers.add(mapper.writeValueAsBytes(answer.get()));
      }
    }
  }

  private QueryAnswer answer(FoundCollection collection, LineReader.Line.Text line)
      throws ImportFailure {
    QueryLine query;
    try {
      query = reader.readValue(line.bytes());
    } catch (JsonProcessingException malformed) {
      return QueryAnswer.rejected(line.number(), null, JsonProblems.errorInLine(malformed));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
    if (query == null || !QueryName.isValid(query.name())) {
      return QueryAnswer.rejected(line.number(), null, new FieldError("name", QueryName.rule()));
    }
    QueryBody.Checked checked;
    try {
      checked = new QueryBody(query.text(), query.expected()).checked();
    } catch (ProblemException wrong) {
      return QueryAnswer.rejected(line.number(), query.name(), wrong.problem().errors().getFirst());
    }
    return store(collection, line.number(), query.name(), checked)
        .map(kept -> QueryAnswer.kept(line.number(), kept))
        .orElseGet(
            () ->
                QueryAnswer.rejected(
                    line.number(), query.name(), new FieldError(null, store.tooMany())));
  }

  private Optional<QueryStore.Kept> store(
      FoundCollection collection, long line, String name, QueryBody.Checked query)
      throws ImportFailure {
    try {
      return store.put(collection, name, query).await().atMost(config.batchTimeout());
    } catch (ProblemException gone) {
      throw gone;
    } catch (RuntimeException failure) {
      throw new ImportFailure(line, failure);
    }
  }
}

package relata.api.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import relata.api.collection.CollectionLookup;
import relata.api.problem.FieldError;
import relata.api.problem.JsonProblems;
import relata.api.problem.ProblemException;

/**
 * Stores queries line by line. There are few of them, so an import is one body that is read whole,
 * and each line is stored by itself: a line that is wrong harms no other.
 */
@Singleton
final class QueryImport {
  private final CollectionLookup collections;
  private final QueryStore store;
  private final ObjectReader reader;

  QueryImport(CollectionLookup collections, QueryStore store, ObjectMapper mapper) {
    this.collections = collections;
    this.store = store;
    this.reader = mapper.readerFor(QueryLine.class);
  }

  /** Deals with every line that is not blank; fails with 404 if there is no such collection. */
  Uni<List<QueryAnswer>> run(String collection, String lines) {
    return collections.named(collection).chain(() -> answers(collection, lines));
  }

  private Uni<List<QueryAnswer>> answers(String collection, String lines) {
    List<Uni<QueryAnswer>> answers = new ArrayList<>();
    long number = 0;
    for (String line : lines.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        answers.add(answer(collection, number, line));
      }
    }
    return answers.isEmpty()
        ? Uni.createFrom().item(List.of())
        : Uni.join().all(answers).usingConcurrencyOf(1).andFailFast();
  }

  private Uni<QueryAnswer> answer(String collection, long number, String line) {
    QueryLine query;
    try {
      query = reader.readValue(line);
    } catch (JsonProcessingException malformed) {
      return rejected(number, null, JsonProblems.error(malformed));
    }
    if (query == null || !QueryName.isValid(query.name())) {
      return rejected(number, null, new FieldError("name", QueryName.rule()));
    }
    try {
      QueryBody.Checked checked = new QueryBody(query.text(), query.expected()).checked();
      return store
          .put(collection, query.name(), checked)
          .map(kept -> QueryAnswer.kept(number, kept));
    } catch (ProblemException wrong) {
      return rejected(number, query.name(), wrong.problem().errors().getFirst());
    }
  }

  private static Uni<QueryAnswer> rejected(long number, String name, FieldError error) {
    return Uni.createFrom().item(QueryAnswer.rejected(number, name, error));
  }
}

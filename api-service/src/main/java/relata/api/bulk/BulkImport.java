package relata.api.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import relata.api.collection.FoundCollection;
import relata.api.outbox.OutboxRelay;
import relata.api.problem.ProblemException;

/** Reads an import line by line and stores it batch by batch, each batch whole or not at all. */
@Singleton
final class BulkImport {
  private final BulkConfig config;
  private final LineParser parser;
  private final BatchStore store;
  private final OutboxRelay relay;
  private final ObjectMapper mapper;
  private final MeterRegistry meters;

  BulkImport(
      BulkConfig config,
      LineParser parser,
      BatchStore store,
      OutboxRelay relay,
      ObjectMapper mapper,
      MeterRegistry meters) {
    this.config = config;
    this.parser = parser;
    this.store = store;
    this.relay = relay;
    this.mapper = mapper;
    this.meters = meters;
  }

  /** See {@link ImportRunner.Lines}. */
  void run(FoundCollection collection, InputStream input, AnswerSpool answers)
      throws IOException, ImportFailure {
    LineReader reader = new LineReader(input, Math.toIntExact(config.maxLine().asLongValue()));
    Batch batch = new Batch(config.batchLines(), config.batchBytes().asLongValue());
    try {
      run(collection, reader, batch, answers);
    } catch (ServiceStopping stopping) {
      long first = batch.isEmpty() ? reader.nextNumber() : batch.lines().getFirst().number();
      throw new ImportFailure(first, stopping);
    }
  }

  private void run(FoundCollection collection, LineReader reader, Batch batch, AnswerSpool answers)
      throws IOException, ImportFailure {
    for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
      if (line instanceof LineReader.Line.Text text && text.isBlank()) {
        continue;
      }
      ParsedLine parsed = parser.parse(line);
      long bytes = line instanceof LineReader.Line.Text text ? text.bytes().length : 0;
      if (batch.mustEndBefore(parsed, bytes)) {
        store(collection, batch, answers);
      }
      batch.add(parsed, bytes);
    }
    if (!batch.isEmpty()) {
      store(collection, batch, answers);
    }
  }

  private void store(FoundCollection collection, Batch batch, AnswerSpool answers)
      throws IOException, ImportFailure {
    answers.demandRoom(batch.lines().getFirst().number());
    Map<String, BatchStore.Stored> stored = store(collection, batch);
    relay.wake();
    for (ParsedLine line : batch.lines()) {
      BulkAnswer answer = answer(line, stored);
      meters.counter("relata.bulk.lines", "outcome", answer.outcome()).increment();
      answers.add(mapper.writeValueAsBytes(answer));
    }
    batch.clear();
  }

  private Map<String, BatchStore.Stored> store(FoundCollection collection, Batch batch)
      throws ImportFailure {
    List<ParsedLine.Valid> documents = batch.documents();
    if (documents.isEmpty()) {
      return Map.of();
    }
    try {
      return store.store(collection, documents).await().atMost(config.batchTimeout());
    } catch (ProblemException gone) {
      throw gone;
    } catch (RuntimeException failure) {
      throw new ImportFailure(batch.lines().getFirst().number(), failure);
    }
  }

  private static BulkAnswer answer(ParsedLine line, Map<String, BatchStore.Stored> stored) {
    return switch (line) {
      case ParsedLine.Valid valid -> {
        BatchStore.Stored result = stored.get(valid.id());
        yield BulkAnswer.stored(valid, result.outcome(), result.version());
      }
      case ParsedLine.Invalid invalid -> BulkAnswer.rejected(invalid);
    };
  }
}

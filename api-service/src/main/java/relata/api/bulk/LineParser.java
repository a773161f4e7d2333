package relata.api.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import relata.api.document.Content;
import relata.api.document.Content.Check;
import relata.api.document.ExternalId;
import relata.api.problem.FieldError;
import relata.api.problem.JsonProblems;

/** Turns lines into documents, or into the reason why not. */
@Singleton
final class LineParser {
  private final ObjectReader reader;
  private final long maxLineBytes;

  LineParser(ObjectMapper mapper, BulkConfig config) {
    this.reader = mapper.readerFor(BulkLine.class);
    this.maxLineBytes = config.maxLine().asLongValue();
  }

  ParsedLine parse(LineReader.Line line) {
    return switch (line) {
      case LineReader.Line.Text text -> parse(text);
      case LineReader.Line.TooLong tooLong ->
          invalid(tooLong.number(), null, LineReader.tooLong(maxLineBytes));
    };
  }

  private ParsedLine parse(LineReader.Line.Text text) {
    try {
      BulkLine line = reader.readValue(text.bytes());
      return line == null
          ? invalid(text.number(), null, new FieldError(null, "Must be a JSON object."))
          : check(text.number(), line);
    } catch (JsonProcessingException malformed) {
      return invalid(text.number(), null, JsonProblems.errorInLine(malformed));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  private static ParsedLine check(long number, BulkLine line) {
    Optional<String> idFault = ExternalId.fault(line.id());
    if (idFault.isPresent()) {
      return invalid(number, null, new FieldError("id", idFault.get()));
    }
    Check check = Content.check(line.title(), line.body(), line.format(), line.metadata());
    return switch (check) {
      case Check.Accepted accepted ->
          new ParsedLine.Valid(number, line.id(), accepted.content(), accepted.content().hash());
      case Check.Refused refused -> invalid(number, line.id(), refused.errors().getFirst());
    };
  }

  private static ParsedLine invalid(long number, String id, FieldError error) {
    return new ParsedLine.Invalid(number, id, error);
  }
}

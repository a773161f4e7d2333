package relata.worker.ollama;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelFailure.Busy;
import relata.worker.model.ModelFailure.Missing;
import relata.worker.model.ModelFailure.Refused;
import relata.worker.model.ModelFailure.Transient;

/** Tells which class of failure an HTTP error or a broken call is. */
final class OllamaFailures {
  private static final int LONGEST_MESSAGE = 200;
  private static final String CANNOT_GENERATE = "model_cannot_generate";

  private OllamaFailures() {}

  /**
   * An answer that is no 200.
   *
   * @param retryAfter the header of that name, or null
   * @param error the server's own words
   */
  static ModelFailure ofStatus(
      int status, String retryAfter, String error, String model, Clock clock) {
    return unable(error, model)
        .orElseGet(() -> ofStatusAlone(status, retryAfter, error, model, clock));
  }

  /**
   * A model of the wrong kind is as good as none: no text is to blame, and whoever asks has to
   * choose another one. Servers say so with several statuses, but always with these words.
   */
  private static Optional<ModelFailure> unable(String error, String model) {
    String lower = error.toLowerCase(Locale.ROOT);
    if (lower.contains("not support embed")) {
      return Optional.of(
          new Missing(
              "model_cannot_embed",
              "Model %s cannot embed: choose an embedding model in the recipe.".formatted(model)));
    }
    if (lower.contains("not support generate")
        || lower.contains("not support chat")
        || lower.contains("not support completion")) {
      return Optional.of(
          new Missing(
              CANNOT_GENERATE,
              "Model %s cannot write texts: choose a language model in the recipe."
                  .formatted(model)));
    }
    return Optional.empty();
  }

  /** Whether it says that the model writes no texts, so that it may be one that embeds. */
  static boolean writesNoText(ModelFailure failure) {
    return failure instanceof Refused || failure.code().equals(CANNOT_GENERATE);
  }

  private static ModelFailure ofStatusAlone(
      int status, String retryAfter, String error, String model, Clock clock) {
    String said = shorten(error);
    return switch (status) {
      case 429, 503 ->
          new Busy(
              "http_" + status, said, Optional.ofNullable(retryAfter).flatMap(s -> wait(s, clock)));
      case 404 ->
          new Missing(
              "model_missing",
              "Model %s is not on the model server: pull it or change the recipe."
                  .formatted(model));
      // A proxy's business or a passing one: not the text's fault.
      case 401, 403, 407, 408, 425 -> new Transient("http_" + status, said);
      default -> {
        if (status >= 400 && status < 500) {
          boolean tooLong = isTooLong(error);
          yield new Refused(tooLong ? "too_long" : "http_" + status, said, tooLong);
        }
        // Ollama cannot write a NaN as JSON and says so with a 500, whoever asks and how often.
        yield error.contains("NaN")
            ? new Refused("not_finite", said, false)
            : new Transient("http_" + status, said);
      }
    };
  }

  /** A call without an answer that can be used. */
  static ModelFailure ofException(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case InterruptedException _ -> {
          return ModelFailure.interrupted();
        }
        case ConnectException refused -> {
          return new Busy(
              "unreachable", shorten(String.valueOf(refused.getMessage())), Optional.empty());
        }
        case UnknownHostException unknown -> {
          return new Busy(
              "unreachable", shorten(String.valueOf(unknown.getMessage())), Optional.empty());
        }
        case TimeoutException _ -> {
          return new Transient("timeout", "The model server did not answer in time.");
        }
        case AnswerTooLong endless -> {
          return new Transient("answer_too_long", endless.getMessage());
        }
        case com.fasterxml.jackson.core.JacksonException _ -> {
          return noAnswer();
        }
        default -> {
          // Look at what caused it.
        }
      }
    }
    return new Transient("connection", "The call to the model server broke: " + first(thrown));
  }

  /** Something that no model says, such as a proxy's page: the server's fault, not the text's. */
  static ModelFailure noAnswer() {
    return new Transient("not_json", "The model server's answer cannot be read.");
  }

  /** What broke it, behind all that was wrapped around it. */
  private static String first(Throwable thrown) {
    Throwable first = thrown;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String said = first.getMessage();
    return shorten(said == null || said.isBlank() ? first.getClass().getSimpleName() : said) + ".";
  }

  /** Ollama has changed the sentence several times; these words stayed. */
  private static boolean isTooLong(String error) {
    String lower = error.toLowerCase(Locale.ROOT);
    return lower.contains("context length")
        || lower.contains("context size")
        || lower.contains("too long")
        || lower.contains("too large");
  }

  /** Seconds or an HTTP date. */
  private static Optional<Duration> wait(String header, Clock clock) {
    try {
      return Optional.of(Duration.ofSeconds(Math.max(0, Long.parseLong(header.strip()))));
    } catch (NumberFormatException noSeconds) {
      try {
        var at = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
        Duration wait = Duration.between(clock.instant(), at.toInstant());
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
      } catch (DateTimeException neither) {
        return Optional.empty();
      }
    }
  }

  private static String shorten(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}

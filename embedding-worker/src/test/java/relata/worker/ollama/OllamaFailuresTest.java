package relata.worker.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.ProcessingException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelFailure.Busy;
import relata.worker.model.ModelFailure.Missing;
import relata.worker.model.ModelFailure.Refused;
import relata.worker.model.ModelFailure.Transient;

class OllamaFailuresTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aServerWithoutRoomIsBusy(int status) {
    assertEquals(Optional.empty(), busy(status, null).retryAfter());
    assertEquals(Optional.of(Duration.ofSeconds(7)), busy(status, "7").retryAfter());
    assertEquals(
        Optional.of(Duration.ofSeconds(90)),
        busy(status, "Sun, 01 Mar 2026 12:01:30 GMT").retryAfter());
    assertEquals(
        Optional.of(Duration.ZERO), busy(status, "Sun, 01 Mar 2026 11:00:00 GMT").retryAfter());
    assertEquals(Optional.empty(), busy(status, "soon").retryAfter());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 408, 500, 501, 502, 504})
  void whatMayPassIsTransient(int status) {
    assertInstanceOf(Transient.class, of(status, "trouble"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void whatIsRefusedWouldBeRefusedAgain(int status) {
    assertEquals(new Refused("http_" + status, "no", false), of(status, "no"));
  }

  @ParameterizedTest
  @CsvSource({
    "the input length exceeds the context length",
    "input exceeds maximum context length",
    "Input is too long",
    "input is too large to process. increase the physical batch size",
  })
  void aTextThatIsTooLongIsSaidToBe(String error) {
    assertEquals(new Refused("too_long", error, true), of(400, error));
  }

  @Test
  void aNumberThatIsNoneIsThePoisonThatItIs() {
    assertInstanceOf(
        Refused.class, of(500, "failed to encode response: json: unsupported value: NaN"));
  }

  @Test
  void aMissingModelIsNamed() {
    assertEquals(
        new Missing(
            "model_missing", "Model m is not on the model server: pull it or change the recipe."),
        of(404, "model \"m\" not found"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 500, 501})
  void aModelThatCannotEmbedIsTheModelsFaultAndNoTexts(int status) {
    var unable =
        new Missing(
            "model_cannot_embed", "Model m cannot embed: choose an embedding model in the recipe.");
    assertEquals(unable, of(status, "this model does not support embeddings"));
    assertEquals(unable, of(status, "This server does not support embeddings."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"m\" does not support generate", "\"m\" does not support chat"})
  void aModelThatCannotWriteIsTheModelsFaultAndNoTexts(String error) {
    assertEquals(
        new Missing(
            "model_cannot_generate",
            "Model m cannot write texts: choose a language model in the recipe."),
        of(400, error));
  }

  @Test
  void whatElseAModelDoesNotSupportIsRefused() {
    assertInstanceOf(Refused.class, of(400, "\"m\" does not support thinking"));
  }

  @Test
  void aLongErrorIsShortened() {
    assertTrue(of(400, "x".repeat(10_000)).reason().length() < 300);
  }

  @Test
  void brokenCallsAreToldApartByTheirCause() {
    assertInstanceOf(Busy.class, broken(new ConnectException("Connection refused")));
    assertEquals("timeout", broken(new TimeoutException()).code());
    assertInstanceOf(Transient.class, broken(new SocketException("Connection reset")));
    assertEquals(ModelFailure.INTERRUPTED, broken(new InterruptedException()).code());
    assertEquals(
        OllamaFailures.noAnswer(),
        broken(new com.fasterxml.jackson.core.JsonParseException(null, "Unexpected character")));
  }

  @Test
  void whatBrokeACallIsSaidInItsOwnWords() {
    assertEquals(
        new Transient("connection", "The call to the model server broke: Connection reset."),
        broken(new SocketException("Connection reset")));
    assertEquals(
        new Transient("connection", "The call to the model server broke: EOFException."),
        broken(new EOFException()));
  }

  private static ModelFailure broken(Exception cause) {
    return OllamaFailures.ofException(new ProcessingException(new IllegalStateException(cause)));
  }

  private static ModelFailure of(int status, String error) {
    return OllamaFailures.ofStatus(status, null, error, "m", CLOCK);
  }

  private static Busy busy(int status, String retryAfter) {
    return assertInstanceOf(
        Busy.class, OllamaFailures.ofStatus(status, retryAfter, "busy", "m", CLOCK));
  }
}

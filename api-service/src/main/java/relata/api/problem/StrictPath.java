package relata.api.problem;

import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses paths of which the framework would silently make others: it drops what follows a
 * semicolon and replaces what is no UTF-8, so that a write would reach a document that its client
 * did not name.
 */
final class StrictPath {
  @ServerRequestFilter(preMatching = true)
  public void check(HttpServerRequest request) {
    fault(request.path())
        .ifPresent(
            fault -> {
              throw Problem.invalid("path", fault).exception();
            });
  }

  /** What is wrong with a path as it was sent, one sentence; empty if nothing is. */
  static Optional<String> fault(String path) {
    if (path.indexOf(';') >= 0) {
      return Optional.of("Write a semicolon in an id as %3B.");
    }
    var bytes = new ByteArrayOutputStream(path.length());
    for (int at = 0; at < path.length(); at++) {
      if (path.charAt(at) != '%') {
        bytes.writeBytes(path.substring(at, at + 1).getBytes(StandardCharsets.UTF_8));
      } else if (at + 2 < path.length()
          && HexFormat.isHexDigit(path.charAt(at + 1))
          && HexFormat.isHexDigit(path.charAt(at + 2))) {
        bytes.write(HexFormat.fromHexDigits(path, at + 1, at + 3));
        at += 2;
      } else {
        return Optional.of("Write a percent sign in an id as %25.");
      }
    }
    try {
      var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
      return Optional.empty();
    } catch (CharacterCodingException malformed) {
      return Optional.of("Its percent-encoded bytes are not UTF-8.");
    }
  }
}

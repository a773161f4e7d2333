package relata.local.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * A connection for searches that goes by bytes and makes nothing of an answer but what has to be
 * known: what a client computes is missing to the services, which have the same processors.
 */
final class SearchConnection implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String LENGTH = "content-length:";
  private static final String HIT = "\"chunk\":{";
  private static final String BY_MEANING = "\"semanticAvailable\":true";
  private static final String HEAD_END = "\r\n\r\n";
  private static final int EXCERPT = 200;

  private final Socket socket = new Socket();
  private final InputStream in;
  private byte[] buffer = new byte[32 * 1024];
  private int filled;

  /**
   * @param base {@code http://host:port}
   */
  SearchConnection(URI base) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) LIMIT.toMillis());
    socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), (int) LIMIT.toMillis());
    in = socket.getInputStream();
  }

  /** A request as it is sent. */
  static byte[] request(URI base, String collection, String question) {
    byte[] body = question.getBytes(StandardCharsets.UTF_8);
    String head =
        """
        POST /v1/collections/%s/search HTTP/1.1\r
        Host: %s:%d\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(collection, base.getHost(), base.getPort(), body.length);
    return (head + question).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws IOException if the answer is another than so many hits by words and by meaning; the
   *     connection is of no use then
   */
  void ask(byte[] request, int hits) throws IOException {
    socket.getOutputStream().write(request);
    filled = 0;
    int head = -1;
    while (head < 0) {
      fill();
      head = text(0, filled).indexOf(HEAD_END);
    }
    String header = text(0, head);
    int end = head + HEAD_END.length() + length(header);
    while (filled < end) {
      fill();
    }
    String body = text(head + HEAD_END.length(), end);
    if (!header.startsWith("HTTP/1.1 200 ") || !body.contains(BY_MEANING) || count(body) != hits) {
      throw new IOException(
          header.lines().findFirst().orElse("")
              + " "
              + body.substring(0, Math.min(EXCERPT, body.length())));
    }
  }

  private void fill() throws IOException {
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      throw new EOFException("The connection ended within an answer.");
    }
    filled += read;
  }

  /** One character a byte, which costs next to nothing; what is looked for is ASCII. */
  private String text(int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static int length(String header) throws IOException {
    String lower = header.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("The answer does not say how long it is.");
    }
    int end = lower.indexOf('\r', at);
    return Integer.parseInt(
        lower.substring(at + LENGTH.length(), end < 0 ? lower.length() : end).strip());
  }

  private static int count(String body) {
    int count = 0;
    for (int at = body.indexOf(HIT); at >= 0; at = body.indexOf(HIT, at + HIT.length())) {
      count++;
    }
    return count;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // Nobody waits for anything on it.
    }
  }
}

package relata.system.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks to nats-server word by word, so that what it refuses is heard at once and for certain. */
final class RawClient implements AutoCloseable {
  private static final int LIMIT_MILLIS = 10_000;
  private static final Pattern REFUSED =
      Pattern.compile(
          "-ERR 'Permissions Violation for (Publish|Subscription) to \"([^\"]+)\""
              + "(?: using queue \"([^\"]+)\")?'");

  private final Socket socket;
  private final BufferedReader input;

  private RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LIMIT_MILLIS);
    input =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  /**
   * Logs in.
   *
   * @param credentials fields of the JSON of {@code CONNECT}
   * @throws IOException with what the server says when it does not let one in
   */
  static RawClient connect(int port, String credentials) throws IOException {
    RawClient client = new RawClient(port);
    try {
      client.send(
          "CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true" + credentials + "}\r\n");
      String refused = client.untilPong().stream().findFirst().orElse(null);
      if (refused != null) {
        throw new IOException(refused);
      }
      return client;
    } catch (IOException failed) {
      client.close();
      throw failed;
    }
  }

  static String user(String name, String password) {
    return ",\"user\":\"%s\",\"pass\":\"%s\"".formatted(name, password);
  }

  /** Tries all of them, and says which were refused. */
  Set<Act> refused(Collection<Act> acts) throws IOException {
    StringBuilder lines = new StringBuilder();
    int id = 0;
    for (Act act : acts) {
      id++;
      lines.append(
          switch (act) {
            case Act.Publish(String subject) -> "PUB " + subject + " 0\r\n\r\n";
            case Act.Hear(String subject, String queue) ->
                "SUB %s %s %d\r\nUNSUB %d\r\n".formatted(subject, queue, id, id);
          });
    }
    send(lines.toString());
    Set<Act> refused = new HashSet<>();
    for (String error : untilPong()) {
      Matcher words = REFUSED.matcher(error);
      if (!words.matches()) {
        throw new IOException(error);
      }
      refused.add(
          words.group(1).equals("Publish")
              ? new Act.Publish(words.group(2))
              : new Act.Hear(words.group(2), words.group(3) == null ? "" : words.group(3)));
    }
    return refused;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void send(String lines) throws IOException {
    socket.getOutputStream().write((lines + "PING\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** The errors before it. */
  private Set<String> untilPong() throws IOException {
    Set<String> errors = new HashSet<>();
    for (String line = input.readLine(); !"PONG".equals(line); line = input.readLine()) {
      if (line == null) {
        throw new IOException("Closed after " + errors);
      }
      if (line.startsWith("-ERR")) {
        errors.add(line);
        if (line.contains("Authorization")) {
          return errors;
        }
      }
    }
    return errors;
  }
}

package relata.api.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Announces a long body and sends it piece by piece for as long as it is let. */
public final class TricklingClient implements AutoCloseable {
  private static final int LIMIT_MILLIS = 30_000;
  private static final int ANNOUNCED = 1_000_000;

  private final Socket socket = new Socket();
  private final Thread sender;

  private TricklingClient(int port, String head, String piece, Duration pause) throws IOException {
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    sender = Thread.ofVirtual().start(() -> send(piece.getBytes(UTF_8), pause));
  }

  /**
   * Begins a request.
   *
   * @param headers a line each, without those of the length
   */
  public static TricklingClient begin(
      int port, String request, String headers, String piece, Duration pause) throws IOException {
    String head =
        "%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n\r\n"
            .formatted(request, ANNOUNCED, headers.strip().replace("\n", "\r\n"));
    return new TricklingClient(port, head, piece, pause);
  }

  /** Sends a part of a request's head and nothing more. */
  public static TricklingClient silent(int port) throws IOException {
    return new TricklingClient(port, "GET /v1/collections HTT", "", Duration.ofMinutes(1));
  }

  /** What is answered until the connection ends, or nothing more is for half a minute. */
  public String answer() throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException reset) {
      return "";
    }
  }

  /** What is answered up to this, or to the end of the connection. */
  public String answerUpTo(String last) throws IOException {
    StringBuilder answer = new StringBuilder();
    try {
      while (answer.indexOf(last) < 0) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          return answer.toString();
        }
        answer.append((char) next);
      }
    } catch (SocketException reset) {
      // What came before it is all there is.
    }
    return answer.toString();
  }

  private void send(byte[] piece, Duration pause) {
    try {
      while (!socket.isClosed()) {
        socket.getOutputStream().write(piece);
        socket.getOutputStream().flush();
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
    } catch (IOException | InterruptedException ended) {
      // By the other side, or by the test.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    sender.interrupt();
  }
}

package relata.local.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * For tests: asks over HTTP and takes the answer only when it is told to, as it comes over the
 * wire.
 */
public final class SlowClient implements AutoCloseable {
  private static final int LIMIT_MILLIS = 30_000;
  private static final int SMALL = 4096;
  private final Socket socket = new Socket();

  /** Sends a GET for a path on this machine. */
  public SlowClient(int port, String path) throws IOException {
    socket.setReceiveBufferSize(SMALL);
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .formatted(path)
                .getBytes(US_ASCII));
  }

  /** The first bytes of the answer. */
  public String begin() throws IOException {
    return new String(socket.getInputStream().readNBytes(SMALL), US_ASCII);
  }

  /** The last bytes of the answer, however it ends; behind a whole one there is an empty chunk. */
  public String end() throws IOException {
    InputStream input = socket.getInputStream();
    StringBuilder last = new StringBuilder();
    byte[] buffer = new byte[SMALL];
    try {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        last.append(new String(buffer, 0, count, US_ASCII));
        last.delete(0, Math.max(0, last.length() - SMALL));
      }
    } catch (SocketException reset) {
      // Cut off: what came before it is all there is.
    }
    return last.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

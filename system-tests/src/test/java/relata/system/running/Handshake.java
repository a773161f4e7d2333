package relata.system.running;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks a server who it says it is, and believes whatever it says. */
enum Handshake {
  DIRECT,
  /** After its greeting, a line that says what it can. */
  NATS,
  /** When it was asked to. */
  POSTGRES;

  private static final int LIMIT_MILLIS = Math.toIntExact(Duration.ofSeconds(10).toMillis());

  /** See "SSLRequest" in the description of PostgreSQL's protocol. */
  private static final byte[] SSL_REQUEST =
      ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array();

  /**
   * The certificate that is shown, on a connection of its own.
   *
   * @throws IOException if the server breaks it off
   */
  X509Certificate with(int port) throws Exception {
    // Another context each time, or an earlier session would be gone on with.
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
    try (Socket plain = new Socket("127.0.0.1", port)) {
      plain.setSoTimeout(LIMIT_MILLIS);
      greet(plain);
      SSLSocket secured =
          (SSLSocket)
              context.getSocketFactory().createSocket(plain, SecuredStack.NAME, port, false);
      secured.startHandshake();
      return (X509Certificate) secured.getSession().getPeerCertificates()[0];
    }
  }

  private void greet(Socket plain) throws IOException {
    InputStream said = plain.getInputStream();
    switch (this) {
      case DIRECT -> {}
      case NATS -> {
        int each = said.read();
        while (each != '\n' && each >= 0) {
          each = said.read();
        }
      }
      case POSTGRES -> {
        plain.getOutputStream().write(SSL_REQUEST);
        if (said.read() != 'S') {
          throw new IOException("PostgreSQL takes no TLS");
        }
      }
    }
  }

  private static final class Everybody implements X509TrustManager {
    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}
  }
}

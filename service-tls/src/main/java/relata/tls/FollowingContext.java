package relata.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context that passes each handshake to the one that is current. What was agreed on under an
 * earlier one is not resumed under the next: whoever is no longer believed has no session to go on
 * with.
 */
final class FollowingContext extends SSLContext {
  private FollowingContext(Following following, SSLContext first) {
    super(following, first.getProvider(), first.getProtocol());
  }

  /** For a client or a server that decides itself whether names are compared. */
  static FollowingContext following(Supplier<SSLContext> current) {
    return new FollowingContext(new Following(current, false), current.get());
  }

  /** For a client: a server must have the name by which it was asked for. */
  static FollowingContext checkingNames(Supplier<SSLContext> current) {
    return new FollowingContext(new Following(current, true), current.get());
  }

  private static final class Following extends SSLContextSpi {
    private final Supplier<SSLContext> current;
    private final boolean checksNames;

    Following(Supplier<SSLContext> current, boolean checksNames) {
      this.current = current;
      this.checksNames = checksNames;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("It follows another one.");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      SSLSocketFactory sockets = current.get().getSocketFactory();
      return checksNames ? new NamedPeerSockets(sockets) : sockets;
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return current.get().getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return named(current.get().createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return named(current.get().createSSLEngine(host, port));
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return current.get().getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return current.get().getSupportedSSLParameters();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return current.get().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return current.get().getClientSessionContext();
    }

    private SSLEngine named(SSLEngine engine) {
      if (checksNames) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(NamedPeerSockets.BY_NAME);
        engine.setSSLParameters(parameters);
      }
      return engine;
    }
  }
}

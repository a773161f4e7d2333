package relata.tls;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** A context that passes each handshake to the one that it was told of last. */
final class FollowingContext extends SSLContext {
  private final Following following;

  FollowingContext(SSLContext first) {
    this(new Following(first));
  }

  private FollowingContext(Following following) {
    super(following, following.current.getProvider(), following.current.getProtocol());
    this.following = following;
  }

  void follow(SSLContext next) {
    following.current = next;
  }

  private static final class Following extends SSLContextSpi {
    private volatile SSLContext current;

    Following(SSLContext first) {
      this.current = first;
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random)
        throws KeyManagementException {
      throw new KeyManagementException("It follows another one.");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return new NamedPeerSockets(current.getSocketFactory());
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return current.getServerSocketFactory();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return checkingNames(current.createSSLEngine());
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return checkingNames(current.createSSLEngine(host, port));
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
      return current.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
      return current.getSupportedSSLParameters();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return current.getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return current.getClientSessionContext();
    }

    private static SSLEngine checkingNames(SSLEngine engine) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm(NamedPeerSockets.BY_NAME);
      engine.setSSLParameters(parameters);
      return engine;
    }
  }
}

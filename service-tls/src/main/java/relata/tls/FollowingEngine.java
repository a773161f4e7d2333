package relata.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Has a server or client of Vert.x make each handshake by the files as they were last read, while
 * its own options stay what they are. It takes the keys and authorities of the context and none of
 * the options'; all else is as Vert.x does it.
 */
final class FollowingEngine extends JdkSSLEngineOptions {
  private final SSLContext context;

  FollowingEngine(SSLContext context) {
    this.context = context;
    setPooledHeapBuffers(true);
  }

  @Override
  public FollowingEngine copy() {
    return new FollowingEngine(context);
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Factory(context);
  }

  private static final class Factory implements SslContextFactory {
    private final SSLContext context;
    private boolean isClient;
    private boolean usesAlpn;
    private ClientAuth clientAuth = ClientAuth.NONE;
    private Set<String> ciphers = Set.of();
    private List<String> protocols = List.of();

    Factory(SSLContext context) {
      this.context = context;
    }

    @Override
    public SslContextFactory useAlpn(boolean useAlpn) {
      usesAlpn = useAlpn;
      return this;
    }

    @Override
    public SslContextFactory clientAuth(ClientAuth clientAuth) {
      this.clientAuth = clientAuth;
      return this;
    }

    @Override
    public SslContextFactory forClient(boolean forClient) {
      isClient = forClient;
      return this;
    }

    @Override
    public SslContextFactory enabledCipherSuites(Set<String> enabledCipherSuites) {
      ciphers = enabledCipherSuites;
      return this;
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> applicationProtocols) {
      protocols = applicationProtocols;
      return this;
    }

    @Override
    public SslContext create() {
      return new JdkSslContext(
          context,
          isClient,
          ciphers == null || ciphers.isEmpty() ? null : ciphers,
          SupportedCipherSuiteFilter.INSTANCE,
          negotiation(),
          clientAuth,
          null,
          false);
    }

    private ApplicationProtocolConfig negotiation() {
      return usesAlpn && protocols != null && !protocols.isEmpty()
          ? new ApplicationProtocolConfig(
              Protocol.ALPN,
              SelectorFailureBehavior.NO_ADVERTISE,
              SelectedListenerFailureBehavior.ACCEPT,
              protocols)
          : ApplicationProtocolConfig.DISABLED;
    }
  }
}

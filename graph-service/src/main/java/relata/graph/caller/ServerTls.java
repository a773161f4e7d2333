package relata.graph.caller;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import relata.tls.PeerTls;

/** Has the server make each handshake by the files as they were last read. */
@Singleton
final class ServerTls implements HttpServerOptionsCustomizer {
  private final PeerTls tls;

  ServerTls(PeerTls tls) {
    this.tls = tls;
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    tls.servicesEngine().ifPresent(options::setSslEngineOptions);
  }
}

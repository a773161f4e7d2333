package relata.api.graph;

import io.vertx.core.http.HttpClientOptions;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ext.ContextResolver;
import relata.tls.PeerTls;

/**
 * Has the clients of graph-service make each handshake by the files as they were last read. Public,
 * because the framework names it from a package of its own.
 */
@Singleton
public final class GraphTls implements ContextResolver<HttpClientOptions> {
  private final PeerTls tls;

  GraphTls(PeerTls tls) {
    this.tls = tls;
  }

  @Override
  public HttpClientOptions getContext(Class<?> type) {
    HttpClientOptions options = new HttpClientOptions();
    tls.servicesEngine().ifPresent(options::setSslEngineOptions);
    return options;
  }
}

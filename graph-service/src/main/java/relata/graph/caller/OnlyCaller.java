package relata.graph.caller;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import relata.graph.problem.ProblemException;

/**
 * Lets nobody in but the one whose certificate has the configured name. The server has asked for a
 * certificate and checked who issued it; without one there is no name. Probes and metrics are no
 * resources, and are answered to everybody.
 */
@Singleton
final class OnlyCaller {
  private static final Logger LOG = Logger.getLogger(OnlyCaller.class);

  /** Of a name in a certificate that is one of DNS (RFC 5280, 4.2.1.6). */
  private static final Integer DNS = 2;

  /** Filters are made while the service is built, before there are settings. */
  private final Provider<CallerConfig> config;

  OnlyCaller(Provider<CallerConfig> config) {
    this.config = config;
  }

  /** Before the path is looked at: a stranger does not learn which there are. */
  @ServerRequestFilter(preMatching = true)
  void check(HttpServerRequest request) {
    Optional<String> only = config.get().name();
    if (only.isPresent() && !names(request).contains(only.get())) {
      LOG.warnf("caller refused address=%s", request.remoteAddress().hostAddress());
      throw ProblemException.forbidden("This service is not for you.");
    }
  }

  private static List<String> names(HttpServerRequest request) {
    if (!request.isSSL()) {
      return List.of();
    }
    try {
      Certificate[] chain = request.sslSession().getPeerCertificates();
      return chain[0] instanceof X509Certificate caller ? dnsNames(caller) : List.of();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    } catch (CertificateParsingException unreadable) {
      LOG.warnf("certificate unreadable reason=%s", unreadable.getMessage());
      return List.of();
    }
  }

  private static List<String> dnsNames(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream()
            .filter(name -> DNS.equals(name.getFirst()))
            .map(name -> String.valueOf(name.get(1)))
            .toList();
  }
}

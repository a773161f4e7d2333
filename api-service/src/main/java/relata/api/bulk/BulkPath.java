package relata.api.bulk;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets clients in that encode every reserved character, as many URL builders do. */
final class BulkPath {
  private static final String PLAIN = ":bulk";
  private static final String ENCODED = "%3Abulk";

  @ServerRequestFilter(preMatching = true)
  public void decodeColon(ContainerRequestContext request) {
    String address = request.getUriInfo().getRequestUri().toString();
    if (address.endsWith(ENCODED)) {
      String path = address.substring(0, address.length() - ENCODED.length());
      request.setRequestUri(URI.create(path + PLAIN));
    }
  }
}

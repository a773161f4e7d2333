package relata.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets that refuse a server whose certificate is for another name. Whoever has a certificate of
 * the same authority could pass for NATS otherwise: its client compares no names.
 */
final class NamedPeerSockets extends SSLSocketFactory {
  /** As browsers do (RFC 2818). */
  static final String BY_NAME = "HTTPS";

  private final SSLSocketFactory sockets;

  NamedPeerSockets(SSLSocketFactory sockets) {
    this.sockets = sockets;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return checkingNames(sockets.createSocket());
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    return checkingNames(sockets.createSocket(plain, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return checkingNames(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return checkingNames(sockets.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return checkingNames(sockets.createSocket(address, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort)
      throws IOException {
    return checkingNames(sockets.createSocket(address, port, from, fromPort));
  }

  private static Socket checkingNames(Socket socket) {
    SSLSocket secured = (SSLSocket) socket;
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(BY_NAME);
    secured.setSSLParameters(parameters);
    return secured;
  }
}

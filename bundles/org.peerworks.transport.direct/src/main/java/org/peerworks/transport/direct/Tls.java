package org.peerworks.transport.direct;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** TLS 1.3 with a certificate on both sides, each known beforehand; nothing weaker is spoken. */
final class Tls {

  private static final String VERSION = "TLSv1.3";

  /** The first is quickest where the processor knows AES; all are sound. */
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"
  };

  private Tls() {}

  /**
   * Speaks TLS on a connected socket, in blocking mode, until both sides are proved.
   *
   * @param self the key of this side
   * @param other what the other side must present
   * @param client whether this side has connected to the other
   * @throws IOException if the other side presents anything else, or speaks anything else
   */
  static TlsPipe open(SocketChannel socket, Identity self, Fingerprint other, boolean client)
      throws IOException {
    SSLEngine engine = engine(self, other, client);
    TlsPipe pipe = new TlsPipe(socket, engine);
    pipe.handshake();
    check(engine, other);
    return pipe;
  }

  /** A context of its own for each connection, so that no session is ever taken up again. */
  private static SSLEngine engine(Identity self, Fingerprint other, boolean client)
      throws SSLException {
    SSLEngine engine;
    try {
      SSLContext context = SSLContext.getInstance(VERSION);
      context.init(new KeyManager[] {self}, new TrustManager[] {new PinnedTrust(other)}, null);
      engine = context.createSSLEngine();
    } catch (GeneralSecurityException e) {
      throw new SSLException("This Java does not speak TLS 1.3: " + e.getMessage(), e);
    }
    engine.setUseClientMode(client);
    SSLParameters parameters = new SSLParameters(SUITES, new String[] {VERSION});
    parameters.setUseCipherSuitesOrder(true);
    parameters.setNeedClientAuth(true);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** What was negotiated, asked once more: it is all that the connection's security rests on. */
  private static void check(SSLEngine engine, Fingerprint other) throws IOException {
    try {
      String version = engine.getSession().getProtocol();
      Fingerprint presented = Fingerprint.of(engine.getSession().getPeerCertificates()[0]);
      if (!version.equals(VERSION) || !presented.equals(other)) {
        throw new SSLException(
            "The other side has '" + version + "' and the key " + presented + ".");
      }
    } catch (GeneralSecurityException e) {
      throw new SSLException("The other side has no usable certificate", e);
    }
  }
}

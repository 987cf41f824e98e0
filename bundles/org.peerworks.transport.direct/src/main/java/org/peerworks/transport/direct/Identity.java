package org.peerworks.transport.direct;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.peerworks.transport.api.TransportException;

/**
 * The key of this side, and its certificate. It lives as long as the transport and is never stored:
 * who somebody is for longer, protocols prove, bound to its fingerprint.
 */
final class Identity extends X509ExtendedKeyManager {

  private static final String ALIAS = "peer";
  private static final String TYPE = "EC";

  private final PrivateKey key;
  private final X509Certificate certificate;
  private final Fingerprint fingerprint;

  private Identity(PrivateKey key, X509Certificate certificate, Fingerprint fingerprint) {
    this.key = key;
    this.certificate = certificate;
    this.fingerprint = fingerprint;
  }

  /** A new one, on the curve P-256. */
  static Identity create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(TYPE);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      X509Certificate certificate = Certificates.of(keys);
      return new Identity(keys.getPrivate(), certificate, Fingerprint.of(certificate));
    } catch (GeneralSecurityException e) {
      throw new TransportException(
          "This Java cannot make the keys that the transport 'direct' needs: " + e.getMessage(), e);
    }
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return new X509Certificate[] {certificate};
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }

  @Override
  public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    return TYPE.equals(type) ? ALIAS : null;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return TYPE.equals(type) ? ALIAS : null;
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return new String[] {ALIAS};
  }
}

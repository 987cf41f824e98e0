package org.peerworks.protocol.peerworks.internal.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/** Who we are: an Ed25519 key pair. Thread-safe. */
public final class Identity {

  private final PrivateKey privateKey;
  private final byte[] publicKey;

  private Identity(PrivateKey privateKey, byte[] publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey.clone();
  }

  public static Identity create() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new Identity(pair.getPrivate(), PublicKeys.raw(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no Ed25519.", e);
    }
  }

  /**
   * @param pkcs8 private key (RFC 8410)
   * @param publicKey raw
   * @throws GeneralSecurityException if they are no keys, or do not belong together
   */
  static Identity of(byte[] pkcs8, byte[] publicKey) throws GeneralSecurityException {
    PrivateKey key =
        KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    Identity identity = new Identity(key, publicKey);
    byte[] probe = {1};
    if (!PublicKeys.verify(publicKey, probe, identity.sign(probe))) {
      throw new GeneralSecurityException("The private and the public key do not belong together.");
    }
    return identity;
  }

  public byte[] publicKey() {
    return publicKey.clone();
  }

  byte[] pkcs8() {
    return privateKey.getEncoded();
  }

  public String id() {
    return PublicKeys.id(publicKey);
  }

  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The identity could not sign.", e);
    }
  }
}

package org.peerworks.lib.account;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A user's Ed25519 key (RFC 8032) that answers the challenge of a worker. Keys are 32 raw bytes, as
 * base64url without padding (sleap-rtc wire format, channel authentication).
 */
public final class ChannelKey {

  private static final int BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final byte[] seed;
  private final byte[] publicBytes;

  private ChannelKey(byte[] seed, byte[] publicBytes) {
    this.seed = seed;
    this.publicBytes = publicBytes;
  }

  /** A new key. */
  public static ChannelKey generate() {
    byte[] seed = new byte[BYTES];
    new SecureRandom().nextBytes(seed);
    return of(seed);
  }

  /**
   * A key as it is stored.
   *
   * @param privateKey base64url, with or without padding
   * @throws IllegalArgumentException if it is none; the message does not repeat it
   */
  public static ChannelKey of(String privateKey) {
    byte[] seed = RoomSecret.decode(privateKey.strip());
    if (seed.length != BYTES) {
      throw new IllegalArgumentException(
          "The private key has " + seed.length + " bytes, but an Ed25519 key has " + BYTES + ".");
    }
    return of(seed);
  }

  private static ChannelKey of(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      KeyPair pair = generator.generateKeyPair();
      byte[] used = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElse(new byte[0]);
      if (!Arrays.equals(seed, used)) {
        throw new IllegalStateException("This Java makes Ed25519 keys in a way that is not known.");
      }
      return new ChannelKey(seed.clone(), raw((EdECPublicKey) pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no Ed25519.", e);
    }
  }

  /** RFC 8032 §5.1.2: y in little-endian order, the lowest bit of x in the highest bit. */
  private static byte[] raw(EdECPublicKey key) {
    byte[] bytes = new byte[BYTES];
    byte[] y = key.getPoint().getY().toByteArray();
    for (int i = 0; i < Math.min(BYTES, y.length); i++) {
      bytes[i] = y[y.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      bytes[BYTES - 1] |= (byte) 0x80;
    }
    return bytes;
  }

  /** A secret. */
  public String privateKey() {
    return BASE64.encodeToString(seed);
  }

  public String publicKey() {
    return BASE64.encodeToString(publicBytes);
  }

  /**
   * Answers a challenge.
   *
   * @param nonce as it came; its ASCII text is signed
   * @return the signature, base64url without padding
   */
  public String sign(String nonce) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(nonce.getBytes(StandardCharsets.US_ASCII));
      return BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no Ed25519.", e);
    }
  }

  /** Without the private part. */
  @Override
  public String toString() {
    return "ChannelKey[" + publicKey() + "]";
  }

  /** Gives what it was given: the way to a public key that every Java has. */
  private static final class Fixed extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, Math.min(bytes.length, target.length));
    }
  }
}

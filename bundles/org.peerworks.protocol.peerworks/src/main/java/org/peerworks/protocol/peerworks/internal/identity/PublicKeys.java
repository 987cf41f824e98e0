package org.peerworks.protocol.peerworks.internal.identity;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 public keys in their raw form of 32 bytes (RFC 8032). */
public final class PublicKeys {

  public static final int SIZE = 32;

  /** Bytes of a signature. */
  public static final int SIGNATURE_SIZE = 64;

  /** What comes before the raw key in a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private PublicKeys() {}

  /** {@code ed25519:} and the SHA-256 of the raw key in hexadecimal digits. */
  public static String id(byte[] raw) {
    return "ed25519:" + HexFormat.of().formatHex(sha256().digest(raw));
  }

  static byte[] raw(PublicKey key) {
    byte[] encoded = key.getEncoded();
    if (encoded.length != PREFIX.length + SIZE) {
      throw new IllegalArgumentException("Not an Ed25519 public key.");
    }
    return Arrays.copyOfRange(encoded, PREFIX.length, encoded.length);
  }

  /** Whether the signature is one of the key's owner over the message. */
  public static boolean verify(byte[] raw, byte[] message, byte[] signature) {
    if (raw.length != SIZE || signature.length != SIGNATURE_SIZE) {
      return false;
    }
    byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + SIZE);
    System.arraycopy(raw, 0, encoded, PREFIX.length, SIZE);
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      // A key or a signature that is no point of the curve proves nothing.
      return false;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}

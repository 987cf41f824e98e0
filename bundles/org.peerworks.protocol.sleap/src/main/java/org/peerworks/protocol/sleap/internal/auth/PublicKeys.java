package org.peerworks.protocol.sleap.internal.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/** Ed25519 public keys in their raw form of 32 bytes (RFC 8032). */
final class PublicKeys {

  static final int SIZE = 32;
  static final int SIGNATURE_SIZE = 64;

  /** What comes before the raw key in a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /** Points of small order, for which anybody can make signatures; without the sign bit. */
  private static final Set<String> WEAK =
      Set.of(
          "00".repeat(32),
          "01" + "00".repeat(31),
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "ec" + "ff".repeat(30) + "7f",
          "ed" + "ff".repeat(30) + "7f",
          "ee" + "ff".repeat(30) + "7f");

  private PublicKeys() {}

  /** {@code ed25519:} and the SHA-256 of the raw key, as the protocol {@code peerworks} has it. */
  static String id(byte[] raw) {
    try {
      return "ed25519:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }

  static boolean isUsable(byte[] raw) {
    if (raw.length != SIZE) {
      return false;
    }
    byte[] unsigned = raw.clone();
    unsigned[SIZE - 1] &= 0x7F;
    return !WEAK.contains(HexFormat.of().formatHex(unsigned));
  }

  /** Whether the signature is one of the key's owner over the message. */
  static boolean verify(byte[] raw, byte[] message, byte[] signature) {
    if (!isUsable(raw) || signature.length != SIGNATURE_SIZE) {
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
}

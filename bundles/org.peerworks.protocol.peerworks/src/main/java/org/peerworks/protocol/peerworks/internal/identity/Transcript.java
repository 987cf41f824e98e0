package org.peerworks.protocol.peerworks.internal.identity;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.peerworks.protocol.peerworks.internal.wire.WireException;

/**
 * What both sides sign to prove who they are. It holds all that makes this connection this one, so
 * that a proof is worth nothing anywhere else.
 *
 * @param offered protocol versions that the client offered
 * @param version that the worker chose
 * @param clientNonce 32 random bytes of the client
 * @param workerNonce 32 random bytes of the worker
 * @param clientKey raw public key
 * @param workerKey raw public key
 * @param clientFingerprint of the client's certificate, as in {@code ChannelBinding}
 * @param workerFingerprint of the worker's certificate
 */
public record Transcript(
    List<Integer> offered,
    int version,
    byte[] clientNonce,
    byte[] workerNonce,
    byte[] clientKey,
    byte[] workerKey,
    String clientFingerprint,
    String workerFingerprint) {

  /** Which side signs; the other's proof is never its own. */
  public enum Role {
    CLIENT,
    WORKER
  }

  private static final String DOMAIN = "peerworks hello proof";

  public static final int NONCE_SIZE = 32;

  /**
   * Each field with its length before it, in two bytes, big-endian.
   *
   * @throws WireException if the connection has no fingerprints
   */
  public byte[] bytes(Role signer) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    field(out, ascii(DOMAIN));
    field(out, ascii(signer.name().toLowerCase(Locale.ROOT)));
    ByteBuffer versions = ByteBuffer.allocate(2 * offered.size());
    offered.forEach(v -> versions.putShort(v.shortValue()));
    field(out, versions.array());
    field(out, ByteBuffer.allocate(2).putShort((short) version).array());
    field(out, clientNonce);
    field(out, workerNonce);
    field(out, clientKey);
    field(out, workerKey);
    field(out, ascii(fingerprint(clientFingerprint)));
    field(out, ascii(fingerprint(workerFingerprint)));
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, byte[] value) {
    out.write(value.length >> 8);
    out.write(value.length);
    out.writeBytes(value);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The algorithm in lower, the digits in upper case. */
  private static String fingerprint(String text) {
    int space = text.indexOf(' ');
    if (space < 1 || space == text.length() - 1) {
      throw new WireException(
          "The connection has no certificate fingerprint to bind a proof to, but '" + text + "'.");
    }
    return text.substring(0, space).toLowerCase(Locale.ROOT)
        + text.substring(space).toUpperCase(Locale.ROOT);
  }
}

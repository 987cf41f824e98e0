package org.peerworks.protocol.peerworks.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.peerworks.protocol.peerworks.internal.identity.Transcript;
import org.peerworks.protocol.peerworks.internal.wire.FieldException;
import org.peerworks.protocol.peerworks.internal.wire.Fields;

/** What the hellos of both sides have in common. */
public final class Hello {

  /** The protocol version that this side speaks. */
  public static final int VERSION = 1;

  /** Label of the channels that speak the protocol. */
  public static final String LABEL = "peerworks";

  /** What a worker says in its welcome if it takes files whose hash is told at their end. */
  public static final String SEAL = "seal";

  /**
   * What a worker says in its welcome if jobs can be ended early and told something, and what their
   * programs report is among the events.
   */
  public static final String CONTROL = "control";

  /** What a worker says in its welcome if it can be asked about its files. */
  public static final String FILES = "files";

  /** What a worker says in its welcome if it can be asked what became of a submit. */
  public static final String SUBMITTED = "submitted";

  /** What a client says in its hello if it can be asked to connect anew. */
  public static final String RENEW = "renew";

  /** What this worker can do beyond the first version 1. */
  public static final List<String> ABILITIES = List.of(SEAL, CONTROL, FILES, SUBMITTED);

  private static final SecureRandom RANDOM = new SecureRandom();

  private Hello() {}

  public static byte[] nonce() {
    byte[] nonce = new byte[Transcript.NONCE_SIZE];
    RANDOM.nextBytes(nonce);
    return nonce;
  }

  /** A name for one client, under which its next connection takes the place of its last. */
  public static String instance() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce());
  }

  public static void put(ObjectNode message, String name, byte[] value) {
    message.put(name, Base64.getEncoder().encodeToString(value));
  }

  /**
   * @throws FieldException if it is not Base64 of so many bytes
   */
  public static byte[] bytes(Fields message, String name, int size) {
    String text = message.text(name, 200);
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length == size) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new FieldException("Field '" + name + "' of a hello must be Base64.");
    }
    throw new FieldException("Field '" + name + "' of a hello must have " + size + " bytes.");
  }
}

package org.peerworks.cli.account;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Secrets as they may be seen. */
final class Masked {

  private static final int SHOWN = 4;
  private static final int LEAST = 16;

  /** Random characters of a secret, where an id has fewer. */
  private static final int LONGEST_ID = 21;

  /** Fields of the server's answers that hold a secret. */
  private static final Set<String> SECRETS =
      Set.of(
          "token",
          "room_token",
          "api_key",
          "account_key",
          "key",
          "secret",
          "jwt",
          "private_key",
          "id_token",
          "otp_secret");

  private Masked() {}

  /** Its kind, and enough to tell it from others: {@code slp_acct_a1b2…}. */
  static String secret(String secret) {
    String kind =
        secret.startsWith("slp_acct_") ? "slp_acct_" : secret.startsWith("slp_") ? "slp_" : "";
    return kind.isEmpty() || secret.length() < kind.length() + LEAST
        ? "(hidden)"
        : secret.substring(0, kind.length() + SHOWN) + "…";
  }

  /** An id; some servers have the secret itself for it, then its beginning. */
  static String id(String id) {
    return id.matches("slp_(acct_)?[A-Za-z0-9_-]{" + LONGEST_ID + ",}") ? secret(id) : id;
  }

  /** A copy without secrets. */
  static JsonNode json(JsonNode node) {
    JsonNode copy = node.deepCopy();
    mask(copy);
    return copy;
  }

  private static void mask(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isTextual()) {
                  object.put(field.getKey(), text(field.getKey(), field.getValue().textValue()));
                } else {
                  mask(field.getValue());
                }
              });
    } else if (node instanceof ArrayNode array) {
      array.forEach(Masked::mask);
    }
  }

  private static String text(String field, String value) {
    return SECRETS.contains(field) ? secret(value) : id(value);
  }
}

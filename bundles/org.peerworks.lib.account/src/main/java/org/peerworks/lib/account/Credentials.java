package org.peerworks.lib.account;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What proves who the user is (sleap-rtc credentials file). Immutable; each {@code with…} is a
 * changed copy. Fields that are not known here are kept.
 *
 * <p>All of it is secret: {@link #toString()} shows nothing, and so should whoever uses it.
 */
public final class Credentials {

  private static final String SERVER = "peerworks_server";
  private static final int MOST_DEPTH = 32;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
              .build());

  /** Nothing yet. */
  public static final Credentials NONE = new Credentials(JsonNodeFactory.instance.objectNode());

  private final ObjectNode root;

  private Credentials(ObjectNode root) {
    this.root = root;
  }

  /**
   * Who is signed in.
   *
   * @param id the server's
   * @param name for people
   */
  public record User(String id, String name) {}

  /**
   * What lets a worker into a room.
   *
   * @param apiKey {@code slp_…}
   * @param workerName what it was made for
   */
  public record RoomToken(String apiKey, String workerName) {
    @Override
    public String toString() {
      return "RoomToken[" + workerName + "]";
    }
  }

  /**
   * Reads a file; without one there are none.
   *
   * @throws BadFileException if it is damaged
   */
  public static Credentials read(Path file) throws IOException {
    if (Files.notExists(file)) {
      return NONE;
    }
    String text = SmallFiles.read(file, SmallFiles.MOST_BYTES);
    if (text.isBlank()) {
      return NONE;
    }
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return new Credentials(object);
      }
    } catch (JsonProcessingException e) {
      // Neither text nor cause: both could hold a secret.
      String line = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new BadFileException(
          "'"
              + file
              + "'"
              + line
              + ": this is no JSON. Correct it, or delete the file and sign in again.");
    }
    throw new BadFileException(
        "'" + file + "' holds no JSON object. Correct it, or delete the file and sign in again.");
  }

  /** The file's text. */
  byte[] bytes() {
    try {
      return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Credentials cannot be written as JSON.", e);
    }
  }

  /** Proof of the sign-in. */
  public Optional<String> jwt() {
    return text(root, "jwt");
  }

  public Optional<User> user() {
    JsonNode user = root.path("user");
    return text(user, "user_id")
        .or(() -> text(user, "id"))
        .map(id -> new User(id, text(user, "username").orElse(id)));
  }

  /**
   * Where the user signed in: the server's address for calls. A field that sleap-rtc does not know,
   * so it may be missing.
   */
  public Optional<String> server() {
    return text(root, SERVER);
  }

  /**
   * Where the user signed in, if that is another server: what proves the user there is none of this
   * one's business.
   *
   * @param http address for calls of the server that is called
   */
  public Optional<String> signedInElsewhere(URI http) {
    return server().filter(server -> !bare(server).equals(bare(http.toString())));
  }

  private static String bare(String address) {
    return address.replaceAll("/+$", "");
  }

  public Credentials withServer(String server) {
    return with(SERVER, server);
  }

  /** {@code slp_acct_…}. */
  public Optional<String> accountKey() {
    return text(root, "account_key");
  }

  /**
   * The key that answers a worker's challenge.
   *
   * @throws IllegalArgumentException if it is there, but is no key; the message says so
   */
  public Optional<ChannelKey> privateKey() {
    return text(root, "private_key").map(ChannelKey::of);
  }

  public boolean publicKeyRegistered() {
    return root.path("public_key_registered").asBoolean(false);
  }

  public Optional<String> defaultRoom() {
    return text(root, "default_room");
  }

  /** Tokens by room, in the order of rooms. */
  public Map<String, RoomToken> tokens() {
    Map<String, RoomToken> tokens = new TreeMap<>();
    root.path("tokens")
        .properties()
        .forEach(
            entry ->
                text(entry.getValue(), "api_key")
                    .ifPresent(
                        key ->
                            tokens.put(
                                entry.getKey(),
                                new RoomToken(
                                    key, text(entry.getValue(), "worker_name").orElse("")))));
    return tokens;
  }

  /** Secrets by room, in the order of rooms. */
  public Map<String, String> roomSecrets() {
    Map<String, String> secrets = new TreeMap<>();
    root.path("room_secrets")
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isTextual()) {
                secrets.put(entry.getKey(), entry.getValue().textValue());
              }
            });
    return secrets;
  }

  /**
   * Signed in.
   *
   * @param userJson the user as the server described it: a JSON object
   */
  public Credentials withLogin(String jwt, String userJson) {
    ObjectNode copy = root.deepCopy();
    copy.put("jwt", jwt);
    try {
      copy.set("user", MAPPER.readTree(userJson));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The user is no JSON.", e);
    }
    return new Credentials(copy);
  }

  /** Signed out: neither proof nor user; keys, tokens and secrets stay. */
  public Credentials withoutLogin() {
    return without("jwt").without("user");
  }

  public Credentials withAccountKey(String key) {
    return with("account_key", key);
  }

  public Credentials withoutAccountKey() {
    return without("account_key");
  }

  public Credentials withPrivateKey(ChannelKey key, boolean registered) {
    ObjectNode copy = root.deepCopy();
    copy.put("private_key", key.privateKey());
    copy.put("public_key_registered", registered);
    return new Credentials(copy);
  }

  public Credentials withDefaultRoom(String room) {
    return with("default_room", room);
  }

  public Credentials withoutDefaultRoom() {
    return without("default_room");
  }

  public Credentials withToken(String room, RoomToken token) {
    ObjectNode copy = root.deepCopy();
    object(copy, "tokens")
        .putObject(room)
        .put("api_key", token.apiKey())
        .put("worker_name", token.workerName());
    return new Credentials(copy);
  }

  public Credentials withoutToken(String room) {
    return withoutEntry("tokens", room);
  }

  public Credentials withRoomSecret(String room, String secret) {
    ObjectNode copy = root.deepCopy();
    object(copy, "room_secrets").put(room, secret);
    return new Credentials(copy);
  }

  public Credentials withoutRoomSecret(String room) {
    return withoutEntry("room_secrets", room);
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "Credentials";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Credentials credentials && root.equals(credentials.root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }

  private Credentials with(String field, String value) {
    ObjectNode copy = root.deepCopy();
    copy.put(field, value);
    return new Credentials(copy);
  }

  private Credentials without(String field) {
    ObjectNode copy = root.deepCopy();
    copy.remove(field);
    return new Credentials(copy);
  }

  private Credentials withoutEntry(String field, String name) {
    ObjectNode copy = root.deepCopy();
    object(copy, field).remove(name);
    return new Credentials(copy);
  }

  private static ObjectNode object(ObjectNode parent, String field) {
    return parent.path(field) instanceof ObjectNode object ? object : parent.putObject(field);
  }

  private static Optional<String> text(JsonNode parent, String field) {
    JsonNode value = parent.path(field);
    return Optional.of(value.isIntegralNumber() ? value.asText() : value.asText(""))
        .filter(text -> !text.isBlank());
  }
}

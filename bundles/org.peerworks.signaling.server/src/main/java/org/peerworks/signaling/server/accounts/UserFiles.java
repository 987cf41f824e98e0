package org.peerworks.signaling.server.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.signaling.server.basic.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each account in a file of its own, mode 0600, which has no secret in clear. */
final class UserFiles {

  private static final Logger LOG = LoggerFactory.getLogger(UserFiles.class);
  private static final String SUFFIX = ".json";
  private static final int FORMAT = 1;
  private static final Pattern ID = Pattern.compile("user-[a-z2-8]{1,32}");

  private final Path directory;

  UserFiles(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Reads all; a file that is none is named in the log, and left alone. */
  List<User> load() throws IOException {
    List<User> users = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        Optional<User> user = read(file);
        user.ifPresentOrElse(
            users::add, () -> LOG.warn("Ignoring '{}': it does not describe an account", file));
      }
    }
    return users;
  }

  void save(User user) throws IOException {
    AtomicFiles.writeSecret(
        file(user.id()), toJson(user).toString().getBytes(StandardCharsets.UTF_8));
  }

  void delete(String id) throws IOException {
    Files.deleteIfExists(file(id));
    AtomicFiles.sync(directory);
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }

  private Optional<User> read(Path file) throws IOException {
    Optional<ObjectNode> json =
        Json.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
            .filter(object -> object.path("format").asInt() == FORMAT);
    try {
      return json.map(UserFiles::fromJson)
          .filter(user -> ID.matcher(user.id()).matches() && file.equals(file(user.id())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode toJson(User user) {
    ObjectNode json = Json.object().put("format", FORMAT);
    json.put("user_id", user.id()).put("username", user.name());
    json.put("created_at", user.createdAt().toString());
    json.put("logins_from", user.loginsFrom().toString());
    json.set("password", user.password().toJson());
    ArrayNode keys = json.putArray("account_keys");
    for (AccountKey key : user.keys()) {
      keys.addObject()
          .put("key_id", key.id())
          .put("name", key.name())
          .put("sha256", key.hash())
          .put("created_at", key.createdAt().toString());
    }
    ArrayNode publicKeys = json.putArray("public_keys");
    for (PublicKey key : user.publicKeys()) {
      publicKeys
          .addObject()
          .put("key_id", key.id())
          .put("public_key", key.key())
          .put("device_name", key.device())
          .put("registered_at", key.registeredAt().toString());
    }
    return json;
  }

  private static User fromJson(ObjectNode json) {
    List<AccountKey> keys = new ArrayList<>();
    for (JsonNode key : json.path("account_keys")) {
      keys.add(
          new AccountKey(
              required(key, "key_id"),
              required(key, "name"),
              required(key, "sha256"),
              Instant.parse(required(key, "created_at"))));
    }
    List<PublicKey> publicKeys = new ArrayList<>();
    for (JsonNode key : json.path("public_keys")) {
      publicKeys.add(
          new PublicKey(
              required(key, "key_id"),
              required(key, "public_key"),
              required(key, "device_name"),
              Instant.parse(required(key, "registered_at"))));
    }
    return new User(
        required(json, "user_id"),
        required(json, "username"),
        Password.fromJson(json.path("password")).orElseThrow(() -> missing("password")),
        Instant.parse(required(json, "created_at")),
        Instant.parse(required(json, "logins_from")),
        keys,
        publicKeys);
  }

  private static String required(JsonNode json, String field) {
    return Json.text(json, field).orElseThrow(() -> missing(field));
  }

  private static DateTimeException missing(String field) {
    return new DateTimeException("Missing '" + field + "'");
  }
}

package org.peerworks.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.signaling.api.ServerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that remembers the worker's room, mode 0600. A room that was entered with a key has one
 * of its own, without any secret, so that the other room is there again when the key is gone.
 */
final class RoomFile {

  private static final Logger LOG = LoggerFactory.getLogger(RoomFile.class);

  private final ObjectMapper json = new ObjectMapper();
  private final Path file;
  private final boolean withKey;

  RoomFile(Path data, boolean withKey) {
    file = data.resolve("keys").resolve(withKey ? "account-room.json" : "room.json");
    this.withKey = withKey;
  }

  /**
   * @return empty if there is none; a damaged one is logged and counts as none
   */
  Optional<Membership> read() throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      JsonNode stored = json.readTree(content);
      return Optional.of(
          new Membership(
              new ServerAddress(
                  URI.create(text(stored, "serverWebSocket")),
                  URI.create(text(stored, "serverHttp"))),
              text(stored, "roomId"),
              withKey ? "" : text(stored, "token"),
              Optional.of(text(stored, "peerId")),
              withKey ? Optional.empty() : Optional.of(text(stored, "credential"))));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      LOG.warn("'{}' is damaged; the worker makes a new room", file);
      return Optional.empty();
    }
  }

  void write(Membership membership) throws IOException {
    ObjectNode stored = json.createObjectNode();
    stored.put("serverWebSocket", membership.server().webSocket().toString());
    stored.put("serverHttp", membership.server().http().toString());
    stored.put("roomId", membership.roomId());
    stored.put("peerId", membership.peerId().orElse(""));
    if (!withKey) {
      stored.put("token", membership.token());
      stored.put("credential", membership.credential().orElse(""));
    }
    Files.createDirectories(
        file.getParent(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    AtomicFiles.writeSecret(file, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(stored));
  }

  private static String text(JsonNode stored, String name) {
    JsonNode value = stored == null ? null : stored.get(name);
    if (value == null || !value.isTextual() || value.asText().isEmpty()) {
      throw new IllegalArgumentException(name);
    }
    return value.asText();
  }
}

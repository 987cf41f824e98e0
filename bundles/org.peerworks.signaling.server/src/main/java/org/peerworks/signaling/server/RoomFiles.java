package org.peerworks.signaling.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.peerworks.lib.files.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each room in a file of its own, which has no secret in clear. */
final class RoomFiles {

  private static final Logger LOG = LoggerFactory.getLogger(RoomFiles.class);
  private static final String SUFFIX = ".json";
  private static final Predicate<String> ROOM_ID =
      Pattern.compile("[a-z0-9]{1,32}").asMatchPredicate();

  private final Path directory;

  RoomFiles(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** Reads all rooms; a file that is none is named in the log, and left alone. */
  List<RoomRecord> load() throws IOException {
    List<RoomRecord> rooms = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        Optional<RoomRecord> room = read(file);
        if (room.isPresent()) {
          rooms.add(room.get());
        } else {
          LOG.warn("Ignoring '{}': it does not describe a room", file);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return rooms;
  }

  void save(RoomRecord room) throws IOException {
    AtomicFiles.writeSecret(file(room.id()), room.toJson().getBytes(StandardCharsets.UTF_8));
  }

  void delete(String roomId) throws IOException {
    Files.deleteIfExists(file(roomId));
    AtomicFiles.sync(directory);
  }

  private Optional<RoomRecord> read(Path file) throws IOException {
    String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return RoomRecord.fromJson(content)
        .filter(room -> ROOM_ID.test(room.id()) && file.equals(file(room.id())));
  }

  private Path file(String roomId) {
    return directory.resolve(roomId + SUFFIX);
  }
}

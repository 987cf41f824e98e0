package org.peerworks.signaling.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.peerworks.lib.files.AtomicFiles;
import org.peerworks.signaling.server.basic.Json;
import org.peerworks.signaling.server.basic.Secrets;

/**
 * What shows that a call comes from the administrator: whoever can read a file in the server's data
 * directory. The file is new at each start and gone at the end.
 */
final class AdminKey {

  private static final int LENGTH = 43;

  private final String secret = Secrets.dense(LENGTH);
  private final Path file;

  AdminKey(Path file) {
    this.file = file;
  }

  boolean is(String shown) {
    return Secrets.same(secret, shown);
  }

  /**
   * @param http where the server can be reached from this machine
   */
  void write(URI http) throws IOException {
    ObjectNode json = Json.object().put("http", http.toString()).put("key", secret);
    Files.createDirectories(file.getParent());
    AtomicFiles.writeSecret(file, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}

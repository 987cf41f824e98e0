package org.peerworks.cli.command;

import java.util.Map;
import java.util.Optional;

/**
 * Which room a worker enters, and what opens it.
 *
 * @param token of the room; a secret
 * @param key worker token or account key; a secret
 * @param keyFile file that holds such a key
 */
record WorkerEntry(
    Optional<String> room, Optional<String> token, Optional<String> key, Optional<String> keyFile) {

  /** Adds the worker's configuration; a key that the files have gives way to what was said. */
  void addTo(Map<String, Object> worker) {
    room.ifPresent(value -> worker.put("room", value));
    token.ifPresent(value -> worker.put("token", value));
    if (token.isPresent() || key.isPresent() || keyFile.isPresent()) {
      worker.put("key", key.orElse(""));
      worker.put("keyFile", keyFile.orElse(""));
    }
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "WorkerEntry[room=" + room + "]";
  }
}

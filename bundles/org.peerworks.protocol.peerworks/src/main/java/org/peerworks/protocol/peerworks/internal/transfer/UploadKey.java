package org.peerworks.protocol.peerworks.internal.transfer;

import java.nio.file.Path;

/**
 * Which file of which caller. Callers never share files: whoever knows a hash has not shown that he
 * has the file.
 *
 * @param caller directory name of the caller
 */
record UploadKey(String caller, String sha256) {

  static UploadKey of(String callerId, String sha256) {
    String caller = callerId.substring(callerId.indexOf(':') + 1);
    if (!caller.matches("[0-9a-z]{1,128}") || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("No key of an upload: " + callerId + ", " + sha256);
    }
    return new UploadKey(caller, sha256);
  }

  Path complete(Path root) {
    return root.resolve(caller).resolve(sha256);
  }

  Path partial(Path root) {
    return root.resolve(caller).resolve(sha256 + ".part");
  }
}

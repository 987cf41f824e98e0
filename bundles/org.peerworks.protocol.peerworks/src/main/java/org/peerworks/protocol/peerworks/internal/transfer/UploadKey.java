package org.peerworks.protocol.peerworks.internal.transfer;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which file of which caller. Callers never share files: whoever knows a hash has not shown that he
 * has the file.
 *
 * @param caller directory name of the caller
 * @param name a SHA-256, or {@code t} and the token under which a file without a hash yet comes
 */
record UploadKey(String caller, String name) {

  private static final String HASH = "[0-9a-f]{64}";
  private static final String PARTIAL = ".part";

  /**
   * @param hash SHA-256 of the file
   */
  static UploadKey ofHash(String callerId, String hash) {
    return of(callerId, "", hash);
  }

  /**
   * @param token of the caller's choice, in the form of a SHA-256
   */
  static UploadKey ofToken(String callerId, String token) {
    return of(callerId, "t", token);
  }

  private static UploadKey of(String callerId, String prefix, String digits) {
    String caller = callerId.substring(callerId.indexOf(':') + 1);
    if (!isCaller(caller) || !digits.matches(HASH)) {
      throw new IllegalArgumentException("No key of an upload: " + callerId + ", " + digits);
    }
    return new UploadKey(caller, prefix + digits);
  }

  static boolean isCaller(String directory) {
    return directory.matches("[0-9a-z]{1,128}");
  }

  /** The key of a file in a caller's directory; empty for one that is none of ours. */
  static Optional<UploadKey> read(String caller, String file) {
    String name =
        file.endsWith(PARTIAL) ? file.substring(0, file.length() - PARTIAL.length()) : file;
    return name.matches("t?" + HASH) ? Optional.of(new UploadKey(caller, name)) : Optional.empty();
  }

  /** What the file must have; empty until it is sealed. */
  Optional<String> hash() {
    return name.matches(HASH) ? Optional.of(name) : Optional.empty();
  }

  Path complete(Path root) {
    return root.resolve(caller).resolve(name);
  }

  Path partial(Path root) {
    return root.resolve(caller).resolve(name + PARTIAL);
  }
}

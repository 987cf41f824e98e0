package org.peerworks.files.api;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What to look for. Searched for are files, by name, without regard to case.
 *
 * <p>The first rule that fits a name gives its match type (sleap-rtc wire format, {@code
 * FS_RESOLVE}): equal; matching the wildcards {@code *}, {@code ?} and {@code [abc]} of the
 * pattern; containing the pattern; spelled nearly like it. The last two apply to patterns of at
 * least three characters without wildcards.
 *
 * @param pattern a name, or a path of which only the last name counts, also one of Windows; at most
 *     4096 characters; with wildcards at least three other characters
 * @param size of the file that is meant, in bytes; candidates of that size rank higher
 * @param maxDepth how many directories below a mount to go down at most, 0 for only the mount's own
 *     files; empty for what the worker is configured to, which is also the most
 * @param mount label of the only mount to look in; empty for all
 */
public record SearchRequest(
    String pattern, OptionalLong size, OptionalInt maxDepth, Optional<String> mount) {

  public SearchRequest {
    Objects.requireNonNull(pattern, "pattern");
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(maxDepth, "maxDepth");
    Objects.requireNonNull(mount, "mount");
  }

  /** In all mounts, of any size. */
  public static SearchRequest of(String pattern) {
    return new SearchRequest(pattern, OptionalLong.empty(), OptionalInt.empty(), Optional.empty());
  }
}

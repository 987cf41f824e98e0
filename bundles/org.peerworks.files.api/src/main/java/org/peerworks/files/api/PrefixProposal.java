package org.peerworks.files.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where other files probably are, now that one of them was found: what differs at the beginning of
 * its two paths is replaced at the beginning of the others.
 *
 * @param oldPrefix what the original path begins with, without the part that both end with
 * @param newPrefix what stands there on the worker
 * @param wouldResolve new path by original path, of files that can be read in a mount
 * @param wouldNotResolve original paths that would stay missing: another prefix, outside the
 *     mounts, or not there; it is not told which
 */
public record PrefixProposal(
    String oldPrefix,
    String newPrefix,
    Map<String, String> wouldResolve,
    List<String> wouldNotResolve) {

  public PrefixProposal {
    Objects.requireNonNull(oldPrefix, "oldPrefix");
    Objects.requireNonNull(newPrefix, "newPrefix");
    wouldResolve = Map.copyOf(wouldResolve);
    wouldNotResolve = List.copyOf(wouldNotResolve);
  }
}

package org.peerworks.protocol.sleap.internal.client;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.peerworks.files.api.PrefixProposal;

/**
 * Beginnings of paths that a worker has proposed to exchange, until somebody takes one of them
 * (sleap-rtc wire format §2.7). Thread-safe.
 */
final class Prefixes {

  private static final int MOST = 1000;

  private record Change(String before, String after) {

    boolean leads(String from, String to) {
      return from.replace('\\', '/').startsWith(before.replace('\\', '/') + "/")
          && to.equals(after + from.substring(before.length()).replace('\\', '/'));
    }
  }

  private final Set<Change> proposed = new LinkedHashSet<>();

  synchronized void proposed(PrefixProposal proposal) {
    if (proposed.size() < MOST && !proposal.wouldResolve().isEmpty()) {
      proposed.add(new Change(proposal.oldPrefix(), proposal.newPrefix()));
    }
  }

  /** Whether these changes are what was proposed; each proposal is taken once. */
  synchronized boolean taken(Map<String, String> videos) {
    return proposed.removeIf(
        change ->
            videos.entrySet().stream()
                .anyMatch(video -> change.leads(video.getKey(), video.getValue())));
  }
}

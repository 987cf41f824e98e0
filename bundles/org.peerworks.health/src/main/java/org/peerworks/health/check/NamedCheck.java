package org.peerworks.health.check;

import java.util.List;
import org.peerworks.health.api.HealthCheck;

/**
 * A check with its properties.
 *
 * @param name one or two words
 * @param tags by which it can be chosen
 */
record NamedCheck(String name, List<String> tags, HealthCheck check) {

  NamedCheck {
    tags = List.copyOf(tags);
  }

  boolean has(String tag) {
    return tag.isEmpty() || tags.contains(tag);
  }
}

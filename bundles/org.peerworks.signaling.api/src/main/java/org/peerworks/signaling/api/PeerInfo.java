package org.peerworks.signaling.api;

import java.util.List;
import java.util.Map;

/**
 * A peer of a room, as it describes itself: nothing of this is proven.
 *
 * @param id unique in the room
 * @param role what it is
 * @param tags free words
 * @param properties JSON values: {@code String}, {@code Number}, {@code Boolean}, {@code List},
 *     {@code Map}. A peer that speaks the {@code peerworks} protocol has an object of that name
 *     with its {@code version}
 */
public record PeerInfo(String id, Role role, List<String> tags, Map<String, Object> properties) {

  public PeerInfo {
    tags = List.copyOf(tags);
    properties = Map.copyOf(properties);
  }
}

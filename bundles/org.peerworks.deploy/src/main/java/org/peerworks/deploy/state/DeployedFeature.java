package org.peerworks.deploy.state;

import java.util.Map;

/**
 * A feature that was installed at run time.
 *
 * @param id Maven coordinates
 * @param source where it came from
 * @param configurations by PID
 */
public record DeployedFeature(
    String id, String source, Map<String, Map<String, Object>> configurations) {

  public DeployedFeature {
    configurations = Map.copyOf(configurations);
  }

  /** The id without its version, under which only one is installed. */
  public String name() {
    int colon = id.lastIndexOf(':');
    return colon < 0 ? id : id.substring(0, colon);
  }
}

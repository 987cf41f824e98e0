package org.peerworks.shell.config;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configuration that components of this process have now. */
final class LiveConfig {

  /** Marks what the launcher may take away again when a file has gone. */
  private static final String MARK = ".peerworks.launcher";

  private final ConfigurationAdmin admin;

  LiveConfig(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /** What a component is given; empty if it has its defaults. */
  Optional<Dictionary<String, Object>> of(String pid) throws IOException {
    try {
      Configuration[] found =
          admin.listConfigurations("(service.pid=" + pid.replaceAll("[()*\\\\]", "\\\\$0") + ")");
      return found == null ? Optional.empty() : Optional.ofNullable(found[0].getProperties());
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("'" + pid + "' is no PID.", e);
    }
  }

  /**
   * Gives components other values.
   *
   * @param values by key; empty ones go back to the default
   */
  void change(String pid, Map<String, Optional<String>> values) throws IOException {
    int factory = pid.indexOf('~');
    Configuration configuration =
        factory < 0
            ? admin.getConfiguration(pid, "?")
            : admin.getFactoryConfiguration(
                pid.substring(0, factory), pid.substring(factory + 1), "?");
    Dictionary<String, Object> now = configuration.getProperties();
    Dictionary<String, Object> next = new Hashtable<>();
    if (now != null) {
      Collections.list(now.keys()).forEach(key -> next.put(key, now.get(key)));
    }
    values.forEach(
        (key, value) -> {
          if (value.isPresent()) {
            next.put(key, value.get());
          } else {
            next.remove(key);
          }
        });
    next.put(MARK, Boolean.TRUE);
    configuration.updateIfDifferent(next);
  }
}

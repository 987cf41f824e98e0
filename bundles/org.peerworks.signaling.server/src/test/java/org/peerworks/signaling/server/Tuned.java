package org.peerworks.signaling.server;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;

/** The default configuration, with some values changed. */
final class Tuned {

  private Tuned() {}

  static ServerSettings settings(Map<String, Object> changes) {
    return settings(changes, Path.of("data"));
  }

  static ServerSettings settings(Map<String, Object> changes, Path data) {
    return Configured.settings(
        (SignalingServerComponent.Config)
            Proxy.newProxyInstance(
                Tuned.class.getClassLoader(),
                new Class<?>[] {SignalingServerComponent.Config.class},
                (proxy, method, args) ->
                    changes.getOrDefault(method.getName(), method.getDefaultValue())),
        data,
        "1.2.3");
  }

  static Limits limits(Map<String, Object> changes) {
    return settings(changes).limits();
  }
}

package org.peerworks.transport.direct;

import java.util.HashMap;
import java.util.Map;

/** The default configuration, with some values changed. */
final class Tuned {

  private final Map<String, Object> changes = new HashMap<>();

  static Tuned settings() {
    return new Tuned();
  }

  Tuned with(String key, Object value) {
    changes.put(key, value);
    return this;
  }

  Settings get() {
    return Settings.of(
        (DirectTransport.Config)
            java.lang.reflect.Proxy.newProxyInstance(
                Tuned.class.getClassLoader(),
                new Class<?>[] {DirectTransport.Config.class},
                (proxy, method, args) ->
                    changes.getOrDefault(method.getName(), method.getDefaultValue())));
  }
}

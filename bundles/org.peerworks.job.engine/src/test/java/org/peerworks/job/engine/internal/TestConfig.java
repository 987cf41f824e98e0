package org.peerworks.job.engine.internal;

import java.lang.reflect.Proxy;
import java.util.Map;

/** The configuration's own defaults, with some values changed. */
final class TestConfig {

  private TestConfig() {}

  static Config with(Map<String, Object> values) {
    return (Config)
        Proxy.newProxyInstance(
            Config.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  /** A key whose value cannot be read. */
  static Config failing(String key, RuntimeException why) {
    return (Config)
        Proxy.newProxyInstance(
            Config.class.getClassLoader(),
            new Class<?>[] {Config.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(key)) {
                throw why;
              }
              return method.getDefaultValue();
            });
  }
}

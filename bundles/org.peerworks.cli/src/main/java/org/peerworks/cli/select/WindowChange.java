package org.peerworks.cli.select;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of a new size of the terminal (SIGWINCH), until it is closed. JLine cannot find the JDK's
 * signals from inside a framework, so this looks for them itself; without them a new size is not
 * noticed.
 */
final class WindowChange implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WindowChange.class);
  private static final String SIGNAL = "WINCH";

  private final Runnable undo;

  private WindowChange(Runnable undo) {
    this.undo = undo;
  }

  /**
   * @param changed called on a thread of the JVM's
   */
  static WindowChange watch(Runnable changed) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object signal = signals.getConstructor(String.class).newInstance(SIGNAL);
      Method handle = signals.getMethod("handle", signals, handlers);
      Object ours =
          Proxy.newProxyInstance(
              handlers.getClassLoader() == null
                  ? WindowChange.class.getClassLoader()
                  : handlers.getClassLoader(),
              new Class<?>[] {handlers},
              (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == handlers) {
                  changed.run();
                  return null;
                }
                return switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> "WindowChange";
                };
              });
      Object before = handle.invoke(null, signal, ours);
      return new WindowChange(() -> restore(handle, signal, before));
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.debug("A new size of the terminal is not noticed", e);
      return new WindowChange(() -> {});
    }
  }

  private static void restore(Method handle, Object signal, Object before) {
    try {
      handle.invoke(null, signal, before);
    } catch (ReflectiveOperationException e) {
      LOG.debug("The terminal's size is watched on", e);
    }
  }

  @Override
  public void close() {
    undo.run();
  }
}

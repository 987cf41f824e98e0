package org.peerworks.itests.embedded;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Types commands into the shell of a framework in this JVM. By reflection: the shell's classes
 * belong to the framework.
 */
final class Gogo {

  private final BundleContext context;

  Gogo(BundleContext context) {
    this.context = context;
  }

  /** Runs a command and returns what it returned or printed, as text. */
  String run(String command) throws Exception {
    ServiceReference<?> reference =
        context.getServiceReference("org.apache.felix.service.command.CommandProcessor");
    Object processor = context.getService(reference);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Object session =
        method(
                processor,
                "createSession",
                InputStream.class,
                OutputStream.class,
                OutputStream.class)
            .invoke(processor, new ByteArrayInputStream(new byte[0]), stream, stream);
    try {
      Object result = method(session, "execute", CharSequence.class).invoke(session, command);
      stream.flush();
      String printed = out.toString(StandardCharsets.UTF_8);
      return result == null ? printed : printed + result;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    } finally {
      method(session, "close").invoke(session);
    }
  }

  private static java.lang.reflect.Method method(Object target, String name, Class<?>... types)
      throws NoSuchMethodException {
    for (Class<?> type : target.getClass().getInterfaces()) {
      try {
        return type.getMethod(name, types);
      } catch (NoSuchMethodException e) {
        continue;
      }
    }
    java.lang.reflect.Method method = target.getClass().getMethod(name, types);
    method.setAccessible(true);
    return method;
  }
}

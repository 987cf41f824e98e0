package org.peerworks.shell.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.Descriptor;

/**
 * What can be completed of one command.
 *
 * @param name with its scope: {@code job:show}
 * @param options names of each option, and what it is for
 * @param arguments gives values of its first argument with what they are; empty if it does not say
 */
record CompletedCommand(
    String name, Map<List<String>, String> options, Optional<Arguments> arguments) {

  /** Gives the values that an argument may have. */
  @FunctionalInterface
  interface Arguments {
    Map<?, ?> get() throws Exception;
  }

  /**
   * Reads the property {@code peerworks.complete} of a command service: names of its commands, each
   * with the name of a public method that gives a map of values and their descriptions, where the
   * command's first argument can be completed.
   *
   * @param scope of all its commands
   */
  static List<CompletedCommand> of(Object service, String scope, String[] complete) {
    List<CompletedCommand> commands = new ArrayList<>();
    for (String text : complete) {
      String[] words = text.strip().split("\\s+");
      Optional<Arguments> arguments =
          words.length < 2 ? Optional.empty() : Optional.of(arguments(service, words[1]));
      commands.add(
          new CompletedCommand(scope + ":" + words[0], options(service, words[0]), arguments));
    }
    return commands;
  }

  private static Arguments arguments(Object service, String method) {
    try {
      Method source = service.getClass().getMethod(method);
      return () -> values(source, service);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(
          "'" + service.getClass().getName() + "' has no public method '" + method + "()'.", e);
    }
  }

  private static Map<?, ?> values(Method source, Object service) throws Exception {
    try {
      return (Map<?, ?>) source.invoke(service);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static Map<List<String>, String> options(Object service, String function) {
    Map<List<String>, String> options = new LinkedHashMap<>();
    Arrays.stream(service.getClass().getMethods())
        .filter(method -> method.getName().equals(function))
        .flatMap(method -> Arrays.stream(method.getParameters()))
        .forEach(parameter -> addOption(parameter, options));
    return options;
  }

  private static void addOption(Parameter parameter, Map<List<String>, String> options) {
    var option = parameter.getAnnotation(org.apache.felix.service.command.Parameter.class);
    if (option != null) {
      Descriptor descriptor = parameter.getAnnotation(Descriptor.class);
      options.put(List.of(option.names()), descriptor == null ? "" : descriptor.value());
    }
  }
}

package org.peerworks.shell.steer;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.felix.gogo.runtime.CommandProxy;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Parameter;

/** What commands say of themselves in their descriptors. */
final class Help {

  private final Catalog catalog;

  Help(Catalog catalog) {
    this.catalog = catalog;
  }

  /** A line for each command. */
  String list(List<String> names) {
    int width = names.stream().mapToInt(String::length).max().orElse(0);
    return names.stream()
        .map(
            name ->
                (name + " ".repeat(width - name.length()) + "  " + summary(name)).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  /** What a command does, in a sentence; empty if it does not say. */
  String summary(String name) {
    return methods(name).stream()
        .map(Help::description)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** How a command is used, with its options. */
  String usage(String name) {
    List<String> lines = new ArrayList<>();
    for (Method method : methods(name)) {
      StringBuilder line = new StringBuilder(name);
      List<String> parts = new ArrayList<>();
      for (java.lang.reflect.Parameter parameter : method.getParameters()) {
        if (parameter.getType() == CommandSession.class) {
          continue;
        }
        Parameter option = parameter.getAnnotation(Parameter.class);
        String word =
            option == null
                ? parameter.getName().toUpperCase(Locale.ROOT) + (parameter.isVarArgs() ? "…" : "")
                : String.join(", ", option.names());
        line.append(' ').append(option == null ? word : "[" + option.names()[0] + "]");
        parts.add("  " + word + "  " + description(parameter));
      }
      lines.add(line.toString());
      if (!description(method).isEmpty()) {
        lines.add("  " + description(method));
      }
      lines.addAll(parts);
    }
    return lines.isEmpty() ? name : String.join("\n", lines);
  }

  private List<Method> methods(String name) {
    Function function = catalog.find(name).orElse(null);
    if (!(function instanceof CommandProxy proxy)) {
      return List.of();
    }
    Object target = proxy.getTarget();
    try {
      return target == null
          ? List.of()
          : Arrays.stream(target.getClass().getMethods())
              .filter(m -> m.getName().equalsIgnoreCase(Catalog.function(name)))
              .toList();
    } finally {
      proxy.ungetTarget();
    }
  }

  private static String description(AnnotatedElement element) {
    Descriptor descriptor = element.getAnnotation(Descriptor.class);
    return descriptor == null ? "" : descriptor.value();
  }
}

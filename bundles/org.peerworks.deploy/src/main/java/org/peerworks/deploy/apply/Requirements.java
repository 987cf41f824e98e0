package org.peerworks.deploy.apply;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.wiring.BundleRequirement;

/** Requirements in words. */
final class Requirements {

  private static final Pattern LEAST = Pattern.compile("\\(version>=([^)]+)\\)");
  private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");
  private static final Pattern EXACT = Pattern.compile("\\(version=([^)]+)\\)");

  private Requirements() {}

  /** As {@code package com.example [1.2,2)}. */
  static String words(BundleRequirement requirement) {
    String filter = requirement.getDirectives().getOrDefault("filter", "");
    String kind = requirement.getNamespace();
    String name = find(Pattern.compile("\\(" + Pattern.quote(kind) + "=([^)]+)\\)"), filter);
    String range = range(filter);
    return switch (kind) {
      case "osgi.wiring.package" -> "package " + name + range;
      case "osgi.wiring.bundle" -> "bundle " + name + range;
      case "osgi.wiring.host" -> "host " + name + range;
      case "osgi.ee" -> "Java " + find(EXACT, filter) + " (" + filter + ")";
      case "osgi.native" -> "a native library for this system (" + filter + ")";
      case "osgi.extender" -> "extender " + name + range;
      default -> kind + (filter.isEmpty() ? "" : " " + filter);
    };
  }

  /** The name that is asked for, such as that of the package; empty if it has none. */
  static String name(BundleRequirement requirement) {
    return find(
        Pattern.compile("\\(" + Pattern.quote(requirement.getNamespace()) + "=([^)]+)\\)"),
        requirement.getDirectives().getOrDefault("filter", ""));
  }

  /** Whether the bundle cannot be resolved without. */
  static boolean isMandatory(BundleRequirement requirement) {
    String resolution = requirement.getDirectives().getOrDefault("resolution", "mandatory");
    String effective = requirement.getDirectives().getOrDefault("effective", "resolve");
    return resolution.equals("mandatory") && effective.equals("resolve");
  }

  private static String range(String filter) {
    String below = find(BELOW, filter);
    String least = find(LEAST, filter.replaceAll(BELOW.pattern(), ""));
    if (least.isEmpty()) {
      return "";
    }
    return below.isEmpty() ? " " + least + " or higher" : " [" + least + "," + below + ")";
  }

  private static String find(Pattern pattern, String filter) {
    Matcher matcher = pattern.matcher(filter);
    return matcher.find() ? matcher.group(1) : "";
  }
}

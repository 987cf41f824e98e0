package org.peerworks.doctor.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.doctor.Finding;

/** Reads what {@code ldd} prints about a library. */
final class Linked {

  /** Debian's packages, by the library that is missing. */
  static final Map<String, String> PACKAGES =
      Map.of(
          "libpulse.so.0", "libpulse0",
          "libudev.so.1", "libudev1",
          "libX11.so.6", "libx11-6",
          "libXfixes.so.3", "libxfixes3",
          "libXrandr.so.2", "libxrandr2",
          "libXcomposite.so.1", "libxcomposite1",
          "libdbus-1.so.3", "libdbus-1-3",
          "libstdc++.so.6", "libstdc++6",
          "libgcc_s.so.1", "libgcc-s1",
          "libgomp.so.1", "libgomp1");

  private static final Pattern MISSING = Pattern.compile("(?m)^\\s*(\\S+) => not found");
  private static final Pattern OLD = Pattern.compile("version [`']([A-Z]+_[0-9.]+)' not found");

  /** Of a library that is there and damaged. */
  private static final Pattern DAMAGED =
      Pattern.compile("error while loading shared libraries: ([^:\\n]+): ([^\\n]+)");

  /** What the built-in trainer brings along. */
  private static final Set<String> OURS = Set.of("libtorch.so", "libtorch_cpu.so", "libc10.so");

  private Linked() {}

  static Finding judge(String use, String ldd) {
    Set<String> missing = new TreeSet<>();
    Matcher line = MISSING.matcher(ldd);
    while (line.find()) {
      if (!OURS.contains(line.group(1))) {
        missing.add(line.group(1));
      }
    }
    if (!missing.isEmpty()) {
      return Finding.error(use + " needs " + String.join(", ", missing), install(missing));
    }
    Matcher old = OLD.matcher(ldd);
    if (old.find()) {
      return Finding.error(
          use + " needs a newer system: " + old.group(1), "Use Debian 12, Ubuntu 22.04 or newer.");
    }
    Matcher damaged = DAMAGED.matcher(ldd);
    if (damaged.find()) {
      return Finding.error(
          use + " cannot use '" + damaged.group(1) + "': " + damaged.group(2),
          "Reinstall the package that has it, and see that LD_LIBRARY_PATH does not name another one.");
    }
    return Finding.ok(use + " finds all libraries that it needs");
  }

  private static String install(Set<String> missing) {
    List<String> packages = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String library : missing) {
      String debian = PACKAGES.get(library);
      (debian == null ? unknown : packages).add(debian == null ? library : debian);
    }
    String command =
        packages.isEmpty() ? "" : "apt-get install " + String.join(" ", packages) + ". ";
    return unknown.isEmpty()
        ? command.strip()
        : command + "Install what has " + String.join(", ", unknown) + ".";
  }
}

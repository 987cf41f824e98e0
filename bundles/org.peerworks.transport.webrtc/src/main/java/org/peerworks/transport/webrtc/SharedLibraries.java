package org.peerworks.transport.webrtc;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The system's libraries that the native library needs, and the Debian packages that have them. */
final class SharedLibraries {

  static final Map<String, String> DEBIAN_PACKAGES =
      Map.of(
          "libpulse.so.0", "libpulse0",
          "libudev.so.1", "libudev1",
          "libX11.so.6", "libx11-6",
          "libXfixes.so.3", "libxfixes3",
          "libXrandr.so.2", "libxrandr2",
          "libXcomposite.so.1", "libxcomposite1",
          "libdbus-1.so.3", "libdbus-1-3");

  private static final Pattern MISSING =
      Pattern.compile("(lib[A-Za-z0-9_+.-]+\\.so[.0-9]*): cannot open shared object file");

  private SharedLibraries() {}

  /** The library that the dynamic linker did not find, out of its message. */
  static Optional<String> missing(String message) {
    Matcher matcher = MISSING.matcher(message == null ? "" : message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** What to say to people about a library that could not be loaded. */
  static String explain(UnsatisfiedLinkError error) {
    return missing(error.getMessage())
        .map(
            library ->
                "WebRTC needs the library '"
                    + library
                    + "', which this machine does not have. "
                    + install(library))
        .orElse("WebRTC's native library could not be loaded: " + error.getMessage());
  }

  private static String install(String library) {
    String debian = DEBIAN_PACKAGES.get(library);
    return debian == null
        ? "Install the package that has it, then restart."
        : "Install the Debian package '"
            + debian
            + "' (apt-get install "
            + debian
            + "), then restart.";
  }
}

package org.peerworks.shell.steer;

import java.util.regex.Pattern;

/** Takes secrets out of a line before it is recorded. */
final class Secrets {

  private static final String NAMES =
      "(?:[\\w.-]*(?:password|passwd|passphrase|secret|token|credential|private[_-]?key|api[_-]?key)"
          + "[\\w-]*|key|session[_-]?string)";
  private static final String VALUE = "(?:'[^']*'|\"(?:\\\\.|[^\"\\\\])*\"|[^\\s'\"]+)";

  /** Options and settings by what they are called: {@code --token x}, {@code token=x}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:--?"
              + NAMES
              + "(?:\\s+|=))|(?:(?<![\\w.-])['\"]?"
              + NAMES
              + "['\"]?\\s*[=:]\\s*))"
              + VALUE);

  /** By what they look like: session strings, keys and tokens of rooms and accounts, JWTs. */
  private static final Pattern SHAPED =
      Pattern.compile(
          "sleap-session:[\\w+/=_-]+|slp_[\\w-]{8,}|eyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]+"
              + "|://[^/\\s:@]+:[^/\\s@]+@");

  private Secrets() {}

  static String without(String line) {
    String named = NAMED.matcher(line).replaceAll("$1***");
    return SHAPED.matcher(named).replaceAll("***");
  }
}

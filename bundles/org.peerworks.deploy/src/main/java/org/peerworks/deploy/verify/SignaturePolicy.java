package org.peerworks.deploy.verify;

/** What is asked of signatures. */
public enum SignaturePolicy {
  /** Nobody looks at them. */
  OFF,
  /** A jar that is not signed by a trusted key is installed with a warning. */
  WARN,
  /** A jar that is not signed by a trusted key is refused. */
  REQUIRE;

  /**
   * As configured.
   *
   * @throws IllegalArgumentException names the choices
   */
  public static SignaturePolicy of(String text) {
    return switch (text) {
      case "off" -> OFF;
      case "warn" -> WARN;
      case "require" -> REQUIRE;
      default ->
          throw new IllegalArgumentException(
              "'signatures' is 'off', 'warn' or 'require', but was '" + text + "'.");
    };
  }
}

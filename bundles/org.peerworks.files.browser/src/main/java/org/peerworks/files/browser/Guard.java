package org.peerworks.files.browser;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides who may see the page. The server listens on the loopback address only; this keeps out
 * other users of the machine, and pages of others in the user's own browser.
 */
final class Guard {

  /** The name is loopback, so no other site's name leads here (DNS rebinding). */
  static final String INVALID_HOST = "Invalid host";

  static final String INVALID_ORIGIN = "Invalid origin";
  static final String INVALID_TOKEN = "Invalid token";

  /** Any port, as that of {@code ssh -L} is another one. */
  private static final String LOOPBACK = "(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d{1,5})?";

  private static final Pattern HOST = Pattern.compile(LOOPBACK, Pattern.CASE_INSENSITIVE);
  private static final Pattern ORIGIN =
      Pattern.compile("http://" + LOOPBACK, Pattern.CASE_INSENSITIVE);

  private final Run run;

  Guard(Run run) {
    this.run = run;
  }

  /**
   * What a browser shows.
   *
   * @param host header, empty if missing; so the others
   * @param token of the address
   * @param cookie of this run
   */
  record Pass(String host, String origin, Optional<String> token, Optional<String> cookie) {

    /** Without the secrets. */
    @Override
    public String toString() {
      return "Pass[host=" + host + ", origin=" + origin + "]";
    }
  }

  /** Why this visitor may not come in, if so. */
  Optional<String> refusal(Pass pass) {
    if (!HOST.matcher(pass.host()).matches()) {
      return Optional.of(INVALID_HOST);
    }
    if (!pass.origin().isEmpty() && !ORIGIN.matcher(pass.origin()).matches()) {
      return Optional.of(INVALID_ORIGIN);
    }
    if (pass.token().isPresent()) {
      return run.isToken(pass.token().get()) ? Optional.empty() : Optional.of(INVALID_TOKEN);
    }
    return pass.cookie().filter(run::isToken).isPresent()
        ? Optional.empty()
        : Optional.of(INVALID_TOKEN);
  }

  /**
   * Why this visitor may not open a socket, if so. A browser sends the cookie for whatever page is
   * open on this machine, on any port; so with the cookie alone it must be our own page that asks.
   */
  Optional<String> socketRefusal(Pass pass) {
    Optional<String> refusal = refusal(pass);
    boolean ownPage = pass.origin().equalsIgnoreCase("http://" + pass.host());
    return refusal.isEmpty() && pass.token().isEmpty() && !ownPage
        ? Optional.of(INVALID_ORIGIN)
        : refusal;
  }
}

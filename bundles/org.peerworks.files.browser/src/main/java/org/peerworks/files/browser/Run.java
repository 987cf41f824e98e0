package org.peerworks.files.browser;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secret of one run of the page.
 *
 * @param token 128 random bits, base64url
 * @param cookie name of the cookie that keeps it; cookies of a host are the same on all its ports,
 *     so each run has a name of its own
 */
record Run(String token, String cookie) {

  private static final String COOKIES = "peerworks-browse-";
  private static final int TOKEN_BYTES = 16;
  private static final int NAME_BYTES = 4;
  private static final int COOKIE_SECONDS = 7 * 24 * 60 * 60;

  static Run begin() {
    SecureRandom random = new SecureRandom();
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return new Run(
        Base64.getUrlEncoder().withoutPadding().encodeToString(token),
        COOKIES + HexFormat.of().formatHex(name));
  }

  /** Compares without telling how far they agree. */
  boolean isToken(String text) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
  }

  /** The value of a {@code Set-Cookie} header. */
  String setCookie() {
    return cookie
        + "="
        + token
        + "; Path=/; Max-Age="
        + COOKIE_SECONDS
        + "; HttpOnly; SameSite=Strict";
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Run[" + cookie + "]";
  }
}

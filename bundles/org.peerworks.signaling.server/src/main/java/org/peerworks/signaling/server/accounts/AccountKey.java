package org.peerworks.signaling.server.accounts;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerworks.signaling.server.basic.Secrets;

/**
 * A key that stands for an account where there is nobody to log in.
 *
 * @param id its public part, {@code slp_acct_} and twelve letters; says which key, proves nothing
 * @param name for people
 * @param hash SHA-256 of the whole key
 */
public record AccountKey(String id, String name, String hash, Instant createdAt) {

  public static final String PREFIX = "slp_acct_";

  private static final int ID_LENGTH = 12;

  /** 192 random bits. */
  private static final int SECRET_LENGTH = 32;

  private static final Pattern KEY = Pattern.compile("(slp_acct_[a-z2-8]{12})([A-Za-z0-9_-]{32})?");

  /**
   * A key as its owner is told it, once.
   *
   * @param secret the whole key
   */
  public record Made(AccountKey key, String secret) {

    @Override
    public String toString() {
      return "Made[key=" + key.id() + "]";
    }
  }

  static Made make(String name, Instant now) {
    String id = PREFIX + Secrets.word(ID_LENGTH);
    String secret = id + Secrets.dense(SECRET_LENGTH);
    return new Made(new AccountKey(id, name, Secrets.hash(secret), now), secret);
  }

  /** The public part of a key, whole or already short; empty if it is none. */
  public static Optional<String> idOf(String key) {
    Matcher matcher = KEY.matcher(key);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  boolean is(String key) {
    return Secrets.same(hash, Secrets.hash(key));
  }
}

package org.peerworks.signaling.server;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Logins on their way from the login page to the program that asked for them by a random word
 * (sleap-rtc wire format, {@code cli_state}). Each can be fetched once, within five minutes, and
 * only a browser that has logged in can leave one. Kept in memory only. Thread-safe.
 */
final class CliLogins {

  static final Duration LIFETIME = Duration.ofMinutes(5);

  private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{16,128}");
  private static final int REMEMBERED = 10_000;
  private static final int PER_USER = 8;

  private final Clock clock;
  private final Map<String, Left> left = new LinkedHashMap<>();
  private final Map<String, InetAddress> asking =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, InetAddress> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Left(String userId, Instant end) {}

  CliLogins(Clock clock) {
    this.clock = clock;
  }

  static boolean isState(String state) {
    return STATE.matcher(state).matches();
  }

  /** The account that was left for this word, which is then used up; empty if none is there yet. */
  synchronized Optional<String> take(String state, InetAddress caller) {
    forgetOld();
    Optional<Left> found = Optional.ofNullable(left.remove(state));
    if (found.isPresent()) {
      asking.remove(state);
    } else {
      asking.putIfAbsent(state, caller);
    }
    return found.map(Left::userId);
  }

  /** Where the program is that asks by this word; empty if none has asked yet. */
  synchronized Optional<InetAddress> asking(String state) {
    return Optional.ofNullable(asking.get(state));
  }

  /**
   * Lets the program that asks by this word log in as this account. One must have asked: then it
   * was shown where it runs. Sleap-rtc's programs ask from the moment that they open the browser.
   */
  synchronized void leave(String state, String userId) throws HttpRefusal {
    forgetOld();
    if (!asking.containsKey(state) && !left.containsKey(state)) {
      throw new HttpRefusal(
          409, "No program has asked for this yet, so it is not known who would get it.");
    }
    long own = left.values().stream().filter(each -> each.userId().equals(userId)).count();
    if (own >= PER_USER || left.size() >= REMEMBERED) {
      throw new HttpRefusal(429, "Too many logins wait to be fetched. Try again in five minutes.");
    }
    if (left.containsKey(state)) {
      throw new HttpRefusal(409, "This request has been granted already. Start the login again.");
    }
    left.put(state, new Left(userId, clock.instant().plus(LIFETIME)));
  }

  private void forgetOld() {
    Instant now = clock.instant();
    left.values().removeIf(each -> now.isAfter(each.end()));
  }
}

package org.peerworks.signaling.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.peerworks.signaling.server.basic.Secrets;

/** Who has logged in with a browser, for half an hour. In memory only. Thread-safe. */
final class BrowserSessions {

  static final Duration LIFETIME = Duration.ofMinutes(30);

  private static final int REMEMBERED = 10_000;
  private static final int LENGTH = 43;

  private final Clock clock;
  private final Map<String, Session> byHash =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Session(String userId, Instant end) {}

  BrowserSessions(Clock clock) {
    this.clock = clock;
  }

  /** What the browser shows from now on; a secret. */
  synchronized String begin(String userId) {
    String secret = Secrets.dense(LENGTH);
    byHash.put(Secrets.hash(secret), new Session(userId, clock.instant().plus(LIFETIME)));
    return secret;
  }

  synchronized Optional<String> user(String secret) {
    Instant now = clock.instant();
    byHash.values().removeIf(session -> now.isAfter(session.end()));
    return Optional.ofNullable(byHash.get(Secrets.hash(secret))).map(Session::userId);
  }

  synchronized void end(String secret) {
    byHash.remove(Secrets.hash(secret));
  }

  /** Ends all of an account. */
  synchronized void endAll(String userId) {
    byHash.values().removeIf(session -> session.userId().equals(userId));
  }
}

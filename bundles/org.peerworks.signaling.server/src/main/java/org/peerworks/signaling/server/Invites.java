package org.peerworks.signaling.server;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.peerworks.signaling.server.basic.AddressLimits;
import org.peerworks.signaling.server.basic.RateLimit;
import org.peerworks.signaling.server.basic.Secrets;

/**
 * Codes that let an account into a room: eight letters and digits (40 random bits), as the
 * sleap-rtc programs take them. So few need guarding: a code lives for an hour, for so many
 * accounts, a room has few of them, and wrong ones are counted for each address and for all
 * together; who tried too many has to wait also with a right one. They are kept in memory only.
 * Thread-safe.
 */
final class Invites {

  static final Duration LIFETIME = Duration.ofHours(1);
  static final int USES = 32;

  private static final int LENGTH = 8;
  private static final int PER_ROOM = 4;

  /** With 10,000 codes at once, an hour of this finds one with a chance of 1 in 15,000. */
  private static final int TRIES_PER_MINUTE = 120;

  private final Map<String, Invite> byHash = new HashMap<>();
  private final AddressLimits tries;
  private final RateLimit all;
  private final Clock clock;

  private record Invite(String roomId, Instant end, int usesLeft) {}

  Invites(Limits limits, Clock clock) {
    this.tries = new AddressLimits(limits.loginsPerMinute(), System::nanoTime);
    this.all = new RateLimit(TRIES_PER_MINUTE / 60.0, TRIES_PER_MINUTE, System::nanoTime);
    this.clock = clock;
  }

  /** A new code for a room; its oldest one ends if it has too many. */
  synchronized String make(String roomId) {
    forgetOld();
    while (byHash.values().stream().filter(of -> of.roomId().equals(roomId)).count() >= PER_ROOM) {
      byHash.entrySet().stream()
          .filter(entry -> entry.getValue().roomId().equals(roomId))
          .min(Map.Entry.comparingByValue((a, b) -> a.end().compareTo(b.end())))
          .ifPresent(oldest -> byHash.remove(oldest.getKey()));
    }
    String code = Secrets.word(LENGTH).toUpperCase(Locale.ROOT);
    byHash.put(Secrets.hash(code), new Invite(roomId, clock.instant().plus(LIFETIME), USES));
    return code;
  }

  /** Which room a code opens, in upper or lower case; this is no use of it yet. */
  synchronized Optional<String> open(String code, InetAddress caller) throws HttpRefusal {
    forgetOld();
    if (!tries.take(caller)) {
      throw tooMany();
    }
    if (!all.take()) {
      tries.giveBack(caller);
      throw tooMany();
    }
    Optional<String> room = Optional.ofNullable(byHash.get(hash(code))).map(Invite::roomId);
    if (room.isPresent()) {
      tries.giveBack(caller);
      all.giveBack();
    }
    return room;
  }

  private static HttpRefusal tooMany() {
    return new HttpRefusal(429, "Too many wrong codes were tried. Try again in a minute.");
  }

  /** One account has come in. */
  synchronized void used(String code) {
    byHash.computeIfPresent(
        hash(code),
        (hash, invite) ->
            invite.usesLeft() > 1
                ? new Invite(invite.roomId(), invite.end(), invite.usesLeft() - 1)
                : null);
  }

  /** Ends all codes of a room. */
  synchronized void forget(String roomId) {
    byHash.values().removeIf(invite -> invite.roomId().equals(roomId));
  }

  private void forgetOld() {
    Instant now = clock.instant();
    byHash.values().removeIf(invite -> now.isAfter(invite.end()));
  }

  private static String hash(String code) {
    return Secrets.hash(code.strip().toUpperCase(Locale.ROOT));
  }
}

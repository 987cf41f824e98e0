package org.peerworks.job.engine.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes ids like {@code 20261121-101500-00002a}: the second in UTC and a count within it. A later
 * id sorts after an earlier one, also when the clock goes back. Thread-safe.
 */
final class JobIds {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss");
  private static final Pattern ID = Pattern.compile("(\\d{8}-\\d{6})-([0-9a-f]{6})");
  private static final int MOST = 0xffffff;

  private final Clock clock;
  private long second;
  private int count;
  private String prefix = "";

  /**
   * @param last id that sorts last so far; blank if there is none
   */
  JobIds(Clock clock, String last) {
    this.clock = clock;
    Matcher match = ID.matcher(last);
    if (match.matches()) {
      try {
        second = LocalDateTime.parse(match.group(1), TIME).toEpochSecond(ZoneOffset.UTC);
        count = Integer.parseInt(match.group(2), 16);
      } catch (DateTimeParseException e) {
        second = 0; // not one of ours: ours sort by time
      }
    }
  }

  synchronized String next() {
    long now = clock.instant().getEpochSecond();
    if (now > second || count == MOST) {
      second = Math.max(now, second + 1);
      count = 0;
    } else {
      count++;
    }
    if (count == 0 || prefix.isEmpty()) {
      prefix = TIME.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)) + "-";
    }
    String number = Integer.toHexString(count);
    return prefix + "000000".substring(number.length()) + number;
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }
}
